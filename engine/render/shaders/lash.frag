varying vec2 across;
varying float shade;

void main() {
    float soft = 1.0 - smoothstep(0.25, 1.0, abs(across.x));
    gl_FragColor = vec4(vec3(0.085, 0.062, 0.052) * shade, min(1.0, across.y * soft * 1.6));
}
