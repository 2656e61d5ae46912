// Hairs of brows and beard: ribbons that face the viewer; thinner than a pixel they become paler, not thinner.
attribute vec3 position, along, normal;  // normal: of the skin at the root
attribute vec4 extra;  // side, -1 or 1; 0 at the root to 1 at the tip; seed; width in metres
uniform mat4 transform;
uniform vec3 eye;
uniform float pixel;  // a pixel's size at one metre, metres
varying vec3 at, strand, facing;
varying vec4 hair;  // side, place along the hair, seed, coverage

void main() {
    vec3 view = eye - position;
    float wide = 0.5 * extra.w * (1.0 - 0.7 * extra.y * extra.y);
    float drawn = max(wide, 0.62 * pixel * length(view));
    strand = along;
    facing = normal;
    hair = vec4(extra.xyz, min(1.0, wide / drawn));
    at = position + normalize(cross(view, along) + vec3(1e-9)) * extra.x * drawn;
    gl_Position = transform * vec4(at, 1.0);
}
