// How much light comes through the open lips to a place in the mouth. All in the character's own space.
const int CORNERS = 12;
#ifdef FINE
const int STEP = 1;
#else
const int STEP = 2;
#endif
uniform vec3 opening[CORNERS];  // round the lips' edge
uniform vec3 opening_at, opening_out, opening_across;  // its middle, the way out, towards the character's left
uniform vec3 opening_size;  // half its width, how far it reaches above and below its middle, metres
uniform vec3 key_from, fill_from, rim_from;

// Light from all around that comes in, as a vector (Lambert's sum over the edges of a polygon): its length is the share of the hemisphere.
vec3 through_opening(vec3 p) {
    vec3 sum = vec3(0.0);
    vec3 before = normalize(opening[CORNERS - STEP] - p);
    for (int k = 0; k < CORNERS; k += STEP) {
        vec3 next = normalize(opening[k] - p);
        vec3 c = cross(before, next);
        float s = length(c);
        sum += c * (acos(clamp(dot(before, next), -1.0, 1.0)) / max(s, 1e-5));
        before = next;
    }
    sum *= 0.1591549;
    return sum * sign(dot(sum, opening_at + opening_out * 0.002 - p));
}

// Share of a lamp that a place sees through the opening.
float lamp_reaches(vec3 p, vec3 from, float soft) {
    float slope = dot(from, opening_out);
    float away = dot(opening_at - p, opening_out);
    if (away < 0.0) return 1.0;
    if (slope < 0.03) return 0.0;
    vec3 hit = p + from * (away / slope) - opening_at;
    float x = dot(hit, opening_across);
    float y = dot(hit, cross(opening_out, opening_across));
    float t = x / opening_size.x;
    float wide = 1.0 - t * t * t * t;
    float edge = 0.0010 + soft * away / slope;
    return smoothstep(-edge, edge, opening_size.y * wide - y) * smoothstep(-edge, edge, y + opening_size.z * wide) * smoothstep(-0.3, 0.2, wide);
}

vec4 mouth_light(vec3 p, vec3 n) {
    vec3 come = through_opening(p);
    float away = dot(opening_at - p, opening_out);
    float open = mix(pow(0.65 * max(dot(n, come), 0.0) + 0.55 * length(come), 0.75), 1.0, smoothstep(0.0005, -0.004, away));
    // What lies just behind the lips is shaded by the one it is nearer to.
    vec3 q = p - opening_at;
    float t = dot(q, opening_across) / opening_size.x, y = dot(q, cross(opening_out, opening_across)), wide = 1.0 - t * t * t * t;
    vec2 below = max(vec2(opening_size.y * wide - y, y + opening_size.z * wide), 0.0) * 1000.0;
    vec2 hidden = (below + 0.7) / (below + vec2(3.2, 2.0));
    open *= mix(1.0, hidden.x * hidden.y * 1.25, smoothstep(0.012, 0.004, away));
    return vec4(lamp_reaches(p, key_from, 0.16), lamp_reaches(p, fill_from, 0.3), lamp_reaches(p, rim_from, 0.2), open);
}
