// A lash or a loose hair is a ribbon that faces the viewer; thinner than a pixel it becomes paler, not thinner.
attribute vec3 position, normal;  // normal: along the lash
attribute vec4 light;
attribute vec2 uv;  // side, 0 at the root to 1 at the tip
attribute vec4 extra;  // 0, width in mm, shade, 1 on the lower lid, 2 on the head
uniform mat4 transform;
uniform vec3 eye;
uniform float pixel;  // a pixel's size at one metre, metres
varying vec2 across;  // side, coverage
varying float shade;

void main() {
    vec3 view = eye - position;
    float away = length(view);
    vec3 side = normalize(cross(view, normal) + vec3(1e-9));
    float loose = step(1.5, extra.w);
    float wide = 0.0005 * extra.y * (1.0 - 0.8 * uv.y * uv.y);
    float drawn = max(wide, 0.75 * pixel * away);
    across = vec2(uv.x, min(1.0, wide / drawn) * (1.0 - 0.35 * uv.y) * mix(mix(0.95, 0.7, extra.w), 0.8 * smoothstep(0.0, 0.15, uv.y), loose));
    shade = extra.z;
    gl_Position = transform * vec4(position + side * uv.x * drawn + view / away * 0.0004, 1.0);
}
