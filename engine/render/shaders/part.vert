attribute vec3 position;
attribute vec3 normal;
attribute vec3 colour;
uniform mat4 transform;
varying vec3 world, facing, tint;

void main() {
    world = position;
    facing = normal;
    tint = colour;
    gl_Position = transform * vec4(position, 1.0);
}
