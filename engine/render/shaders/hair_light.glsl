// How hair answers light, shared by the hair of head, brows and beard.
uniform vec3 base, light_base, grey_base;  // linear: of strands, of lighter strands, of white ones
uniform float grey, lights, gloss;

float lobe(vec3 along, vec3 half_way, float power) {
    float d = dot(along, half_way);
    return pow(max(1.0 - d * d, 1e-4), power);
}

// The strand's own colour: name tells one strand from the next, lock one lock from the next.
vec3 strand_colour(float name, float lock, float tone) {
    float pick = fract(name * 1.7 + lock * 5.31);
    float streak = fract(lock * 3.17 + name * 0.35);
    vec3 c = mix(base, light_base, lights * smoothstep(0.55, 0.95, streak) * 0.9);
    c = mix(c, grey_base, smoothstep(-0.08, 0.08, grey * 1.16 - 0.08 - pick));
    return c * (0.55 + 0.9 * tone);
}

// One lamp: diffuse with what is scattered on between strands, a white lobe towards the root, a coloured one towards the tip, light through.
vec3 lamp(vec3 light, vec3 from, vec3 colour, vec3 n, vec3 along, vec3 first, vec3 second, vec3 view, float spark) {
    vec3 half_way = normalize(from + view);
    float facing = dot(n, from);
    float across = sqrt(max(1.0 - dot(along, from) * dot(along, from), 0.0));
    float soft = clamp((facing + 0.30) / 1.30, 0.0, 1.0);
    float lit = smoothstep(-0.20, 0.50, facing);
    vec3 deep = sqrt(colour);
    vec3 out_light = colour * soft * (0.30 + 0.70 * across) * 0.85;
    out_light += lit * gloss * (vec3(0.060) * lobe(first, half_way, 110.0) + deep * (colour * 1.3 + 0.050) * spark * lobe(second, half_way, 20.0));
    float through = clamp(-dot(view, from), 0.0, 1.0);
    float thin = 1.0 - clamp(dot(n, view), 0.0, 1.0);
    out_light += deep * (0.55 * through * through * thin * thin) * clamp(0.6 + facing, 0.0, 1.0);
    return light * out_light;
}
