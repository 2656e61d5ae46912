// Shared by all materials: the three lights, the way from linear light to the picture.
uniform vec3 eye;
uniform vec3 key_from, fill_from, rim_from;

const vec3 KEY = vec3(2.30, 2.10, 1.88);
const vec3 FILL = vec3(0.34, 0.38, 0.43);
const vec3 RIM = vec3(0.95, 0.99, 1.08);
const vec3 SKY = vec3(0.36, 0.38, 0.41);
const vec3 GROUND = vec3(0.20, 0.17, 0.155);

vec3 to_linear(vec3 c) {
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

vec3 to_picture(vec3 light) {
    light *= 0.52;
    vec3 c = clamp(light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14), 0.0, 1.0);
    vec3 a = sqrt(c), b = sqrt(a), d = sqrt(b);
    return 0.662002687 * a + 0.684122060 * b - 0.323583601 * d - 0.0225411470 * c;
}

vec3 ambient(vec3 n) {
    return mix(GROUND, SKY, 0.5 + 0.5 * n.y);
}

float sheen(float cosine) {
    float f = 1.0 - cosine, g = f * f;
    return g * g * f;
}
