varying vec4 lock;
varying vec2 place;
uniform sampler2D strands_picture;

void main() {
    if (texture2D(strands_picture, place).g < 0.5) discard;
    gl_FragColor = vec4(1.0);
}
