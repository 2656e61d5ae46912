attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 crease;
attribute vec2 uv;
attribute vec4 extra;
uniform mat4 transform;
varying vec3 at, facing;
varying vec4 lit, rest;

void main() {
    at = position;
    facing = normal;
    lit = mouth_light(position, normalize(normal));
    rest = extra;
    gl_Position = transform * vec4(position, 1.0);
}
