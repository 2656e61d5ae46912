// A picture that fills the frame.
varying vec2 at;
uniform sampler2D backdrop;
uniform vec2 fit;

void main() {
    gl_FragColor = vec4(texture2D(backdrop, 0.5 + 0.5 * at * fit).rgb, 0.0);
}
