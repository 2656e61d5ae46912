// A lash is a ribbon that faces the viewer; thinner than a pixel it becomes paler, not thinner.
attribute vec3 position, along;
attribute vec4 form;  // side, 0 at the root to 1 at the tip, width in mm, shade
uniform mat4 transform;
uniform vec3 eye;
uniform float pixel;  // a pixel's size at one metre, metres
varying vec3 at, lies;
varying vec4 across;  // side, coverage, shade, from root to tip

void main() {
    vec3 view = eye - position;
    float away = length(view);
    vec3 side = normalize(cross(view, along) + vec3(1e-9));
    float wide = 0.0005 * form.z * (1.0 - 0.85 * form.y * form.y);
    float drawn = max(wide, 0.75 * pixel * away);
    across = vec4(form.x, min(1.0, wide / drawn) * (1.0 - 0.30 * form.y), form.w, form.y);
    at = position;
    lies = along;
    gl_Position = transform * vec4(position + side * form.x * drawn + view / away * 0.0003, 1.0);
}
