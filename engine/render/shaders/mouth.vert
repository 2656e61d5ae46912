attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 crease;
attribute vec2 uv;
attribute vec4 extra;
uniform mat4 transform;
uniform mat3 head;
uniform vec3 head_at;
varying vec3 at, facing, spot;
varying vec4 lit, rest;

void main() {
    at = position;
    facing = normal;
    spot = (position - head_at) * head * 1000.0;
    lit = mouth_light(position, normalize(normal));
    rest = extra;
    gl_Position = transform * vec4(position, 1.0);
}
