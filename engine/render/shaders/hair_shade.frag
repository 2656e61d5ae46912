varying float seen;

void main() {
    float open = clamp(seen, 0.0, 1.0);
    float kept = 0.42 + 0.58 * open;
    gl_FragColor = vec4(pow(vec3(kept), vec3(0.42, 0.52, 0.56)), 1.0);  // the picture is not linear: about the roots of what light is kept
}
