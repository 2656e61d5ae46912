// uv: metres along and across the thread. info: kind of cloth, mm from the piece's edge, metres below the end of the head's mesh.
attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 uv;
attribute vec3 info;
uniform mat4 transform;
varying vec3 at, facing;
varying vec4 lit;
varying vec2 place;
varying vec3 about;

void main() {
    at = position;
    facing = normal;
    lit = light;
    place = uv;
    about = info;
    gl_Position = transform * vec4(at, 1.0);
}
