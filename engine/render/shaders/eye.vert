// An eyeball is rigid: it turns about its centre.
attribute vec3 position;  // mm from the centre, at rest
uniform mat4 transform;
uniform vec3 centre;
uniform mat3 turn;  // from the eyeball's frame into the character's space, metres per mm
varying vec3 at, local;

void main() {
    local = position;
    at = centre + turn * position;
    gl_Position = transform * vec4(at, 1.0);
}
