attribute vec3 position, normal;
attribute vec2 form;  // along the lid, across it from lid to eyeball; below 0 on the caruncle
uniform mat4 transform;
uniform vec3 eye;
varying vec3 at, facing;
varying vec2 place;

void main() {
    at = position;
    facing = normal;
    place = form;
    vec3 view = eye - position;
    gl_Position = transform * vec4(position + view / length(view) * 0.00012, 1.0);
}
