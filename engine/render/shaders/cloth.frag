// rest: mm from the neckline, 0, metres below its plane, height at rest.
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place;

const vec3 DYE = vec3(0.026, 0.052, 0.066);

void main() {
    float below = rest.x, edge = rest.z * 1000.0;
    float cover = clamp(edge / max(fwidth(edge), 1e-4) + 0.5, 0.0, 1.0) * smoothstep(-0.260, -0.236, rest.w);
    if (cover <= 0.0) discard;
    vec3 n = normalize(facing);
    // The collar: a band with a rolled edge and a seam.
    n = normalize(n + vec3(0.0, 1.2, 0.0) * (1.0 - smoothstep(0.0, 2.2, below)) - vec3(0.0, 0.5, 0.0) * smoothstep(1.8, 0.0, abs(below - 17.0)));
    float ribs = atan(at.x, at.z + 0.085) * 170.0;
    float visible = 1.0 - smoothstep(0.5, 2.0, fwidth(ribs));
    float knit = mix(1.0, 0.88 + 0.12 * sin(ribs), visible * step(below, 16.5));
    vec3 view = normalize(eye - at);
    vec3 shadow = clamp(lit.rgb, 0.0, 1.0);
    float open = clamp(lit.a, 0.0, 1.0) * mix(0.72, 1.0, smoothstep(0.0, 1.2, abs(below - 17.0)));
    vec3 light = KEY * shadow.r * clamp(0.1 + 0.9 * dot(n, key_from), 0.0, 1.0) + FILL * shadow.g * clamp(dot(n, fill_from), 0.0, 1.0);
    light += RIM * shadow.b * clamp(dot(n, rim_from), 0.0, 1.0) + ambient(n) * open;
    float graze = 1.0 - clamp(dot(n, view), 0.0, 1.0);
    vec3 colour = DYE * knit * light + vec3(0.05, 0.06, 0.07) * graze * graze * graze * open;  // fuzz
    gl_FragColor = vec4(to_picture(colour), cover);
}
