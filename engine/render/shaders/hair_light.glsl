// How hair answers light, shared by the hair of head, brows and beard.
uniform vec3 base, light_base, grey_base;  // linear: of strands, of lighter strands, of white ones
uniform float grey, lights, gloss;

float lobe(vec3 along, vec3 half_way, float power) {
    float d = dot(along, half_way);
    return pow(max(1.0 - d * d, 1e-4), power);
}

// The strand's own colour: name tells one strand from the next, lock one lock from the next; from afar names run together to one half.
vec3 strand_colour(float name, float lock, float tone) {
    float streak = 0.55 * fract(lock * 3.17) + 0.45 * name;
    vec3 c = mix(base, light_base, lights * smoothstep(0.35, 0.85, streak));
    float pick = 0.78 * name + 0.22 * fract(lock * 5.31);
    c = mix(c, grey_base, smoothstep(-0.22, 0.22, 1.44 * grey - 0.22 - pick));
    return c * ((0.45 + 1.1 * tone) * (0.80 + 0.40 * fract(lock * 7.93)));
}

// One lamp: diffuse with what is scattered on between strands, a white lobe towards the root, a coloured one towards the tip, light through.
vec3 lamp(vec3 light, vec3 from, vec3 colour, vec3 n, vec3 along, vec3 first, vec3 second, vec3 view, float spark) {
    vec3 half_way = normalize(from + view);
    float facing = dot(n, from);
    float across = sqrt(max(1.0 - dot(along, from) * dot(along, from), 0.0));
    float soft = clamp((facing + 0.25) / 1.25, 0.0, 1.0);
    float lit = smoothstep(-0.15, 0.55, facing);
    vec3 deep = sqrt(colour);
    vec3 out_light = colour * (soft * (0.25 + 0.75 * across) * 0.58);
    out_light += lit * gloss * (vec3(0.050) * lobe(first, half_way, 110.0) + (0.42 * colour + 0.075 * deep) * (spark * lobe(second, half_way, 20.0)));
    float through = clamp(-dot(view, from), 0.0, 1.0);
    float thin = 1.0 - clamp(dot(n, view), 0.0, 1.0);
    out_light += deep * (0.40 * through * through * thin * thin) * clamp(0.6 + facing, 0.0, 1.0);
    return light * out_light;
}

// How light the hair is, 0 to 1.
float pale() {
    return sqrt(dot(mix(base, grey_base, grey), vec3(0.2126, 0.7152, 0.0722)));
}

// How dark a strand is along its length, 0 at the root, over a few times the share in which hairs begin: light hair is less so, as light comes through
// what lies over its roots.
float along_strand(float at, float begin) {
    float reach = clamp(3.0 * begin + 0.03, 0.06, 0.30);
    return mix(mix(0.62, 0.94, pale()), 1.0, smoothstep(0.0, reach, at)) + 0.12 * smoothstep(0.5, 1.0, at);
}

// Share of a lamp's light between strands of which this much of the sky is seen: light hair passes it on.
float between(float opened) {
    return mix(0.14 + 0.86 * opened * sqrt(opened), sqrt(opened), 0.75 * pale());
}

// How much of a ribbon's hair has begun at a place of the strand picture: one hair after the other, the middle of the lock first.
float begun(vec2 place, float name, float share) {
    float across = 2.0 * fract(8.0 * place.x) - 1.0;
    float from = share * (0.10 + 0.45 * fract(name * 7.31) + 0.45 * across * across);
    return smoothstep(0.6 * from, from + 0.15 * share + 1e-4, place.y);
}
