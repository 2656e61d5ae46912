attribute vec2 corner;
varying vec2 place;

void main() {
    place = 0.5 + 0.5 * corner;
    gl_Position = vec4(corner, 0.0, 1.0);
}
