attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 crease;
attribute vec2 uv;
attribute vec4 extra;
uniform mat4 transform;
uniform float lift;
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place, creased;

void main() {
    at = position + normal * lift;
    facing = normal;
    lit = light;
    rest = extra;
    creased = crease;
    place = uv;
    gl_Position = transform * vec4(at, 1.0);
}
