// The skin once more, to darken what hair keeps light from.
attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 crease;
attribute vec2 uv;
attribute vec4 extra;
attribute float shade;
uniform mat4 transform;
uniform float lift;
varying vec3 kept;

void main() {
    float open = 0.42 + 0.58 * clamp(shade, 0.0, 1.0);
    kept = pow(vec3(open), vec3(0.42, 0.52, 0.56));  // the picture is not linear: about the roots of what light is kept
    gl_Position = transform * vec4(position + normal * lift, 1.0);
}
