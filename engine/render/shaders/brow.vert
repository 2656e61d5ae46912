// Hairs of brows and beard: ribbons that face the viewer; thinner than a pixel they become paler, not thinner.
attribute vec3 position, along, normal;  // normal: of the skin at the root
attribute vec4 extra;  // side, -1 or 1; 0 at the root to 1 at the tip; seed; width in metres
uniform mat4 transform;
uniform float pixel;  // a pixel's size at one metre, metres
varying vec3 lit, white;
varying vec4 hair;  // side, place along the hair, seed, coverage

void main() {
    vec3 view = eye - position;
    float wide = 0.5 * extra.w * (1.0 - 0.7 * extra.y * extra.y);
    float drawn = max(wide, 0.62 * pixel * length(view));
    hair = vec4(extra.xyz, min(1.0, wide / drawn));
    vec3 at = position + normalize(cross(view, along) + vec3(1e-9)) * extra.x * drawn;
    vec3 way = normalize(along), n = normalize(normal);
    float run = dot(way, key_from), open = 0.5 + 0.5 * extra.y;
    lit = KEY * (clamp((dot(n, key_from) + 0.25) / 1.25, 0.0, 1.0) * (0.25 + 0.75 * sqrt(max(1.0 - run * run, 0.0)))) + FILL * clamp(dot(n, fill_from), 0.0, 1.0);
    lit = (0.62 * (lit + RIM * clamp(dot(n, rim_from), 0.0, 1.0)) + 0.9 * ambient(n)) * open;
    white = KEY * (gloss * open * 0.05 * smoothstep(-0.15, 0.55, dot(n, key_from)) * lobe(way, normalize(key_from + normalize(view)), 24.0));
    gl_Position = transform * vec4(at, 1.0);
}
