varying vec3 kept;

void main() {
    gl_FragColor = vec4(kept, 1.0);
}
