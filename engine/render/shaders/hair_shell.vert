// The dark between the roots: the scalp once more, a little above the skin.
attribute vec3 position, normal;
attribute vec2 uv;
uniform mat4 transform;
uniform mat3 head;
uniform vec3 offset;
varying vec3 at, facing;
varying vec2 place;

void main() {
    at = head * position + offset;
    facing = head * normal;
    place = uv;
    gl_Position = transform * vec4(at, 1.0);
}
