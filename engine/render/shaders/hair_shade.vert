// The skin once more, to darken what hair keeps light from.
attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 crease;
attribute vec2 uv;
attribute vec4 extra;
attribute float shade;
uniform mat4 transform;
uniform float lift;
varying float seen;

void main() {
    seen = shade;
    gl_Position = transform * vec4(position + normal * lift, 1.0);
}
