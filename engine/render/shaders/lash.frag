varying vec2 across;
varying float shade;

void main() {
    float soft = 1.0 - smoothstep(0.25, 1.0, abs(across.x));
    gl_FragColor = vec4(vec3(0.075, 0.055, 0.045) * shade, across.y * soft * 1.25);
}
