// Paints a person's skin: square roots of the reflectance, and how rough it is.
varying vec2 place;
uniform sampler2D colour_map;  // melanin, blood, lips, gloss
uniform sampler2D marks_map;  // freckles, spots, thin flesh, line of lashes
uniform sampler2D zones_map;  // eye shadow, blush, rings, hair of the head
uniform sampler2D hair_map;  // brow, beard
uniform sampler2D follicle_map;
uniform float tiles;
uniform vec3 fairest, deepest, melanin_taken, blood_taken;
uniform vec4 coded;
uniform float tone, shine, aged, beard_dots;
uniform vec4 red;  // redness, blush, lips, tired
uniform vec2 marked;  // freckles, spots
uniform vec4 lipstick, eye_shadow, brow, beard, roots;  // colour and cover

void main() {
    vec4 map = texture2D(colour_map, place), mark = texture2D(marks_map, place), zone = texture2D(zones_map, place);
    vec2 hair = texture2D(hair_map, place).rg;
    float lip = map.b;
    float deep = tone / (1.0 + tone);

    // What varies melanin shows on darker skin too, what varies blood is veiled by melanin.
    float melanin = (map.r * coded.y + coded.x) * (0.42 + 0.30 * tone) * (1.0 + 0.4 * aged);
    melanin += 1.05 * marked.x * max(mark.r - 1.0 + 0.92 * marked.x, 0.0) * (1.0 - 0.7 * deep);
    float spot = clamp((mark.g - 1.0 + marked.y) * 2.6, 0.0, 1.0);
    melanin += spot * mix(0.20, 1.4, smoothstep(0.6, 0.85, mark.g)) * (1.0 - 0.3 * deep);
    melanin += (0.50 + 0.22 * tone) * red.w * zone.b;
    melanin += tone * (1.0 - lip * (0.10 + 0.10 * deep));
    float blood = (map.g * coded.w + coded.z) * mix(0.35 + 1.2 * red.x, 1.0 - 0.3 * aged, lip);
    blood += 0.4 * (red.x - 0.5) + 0.95 * red.y * zone.g + 0.50 * red.w * zone.b;
    blood += lip * (0.42 + 0.95 * red.z) * (1.0 - 0.3 * aged);
    blood *= 1.0 - 0.45 * deep;
    vec3 taken = melanin_taken * melanin + blood_taken * blood;
    taken.b -= lip * 0.55 * deep;  // the lips of deep skin are mauve
    vec3 colour = deepest + (fairest - deepest) * exp(-taken);

    float lines = map.r + map.g;
    colour = mix(colour, lipstick.rgb * (0.94 + 0.08 * lines), lipstick.a * smoothstep(0.25, 0.75, lip) * 0.94);
    colour = mix(colour, eye_shadow.rgb, 0.85 * eye_shadow.a * zone.r);
    colour = mix(colour, vec3(0.030, 0.018, 0.013), 0.70 * mark.a);

    float roots_here = zone.a * (1.0 - smoothstep(0.55, 0.85, mark.b));  // none on the ears
    float dot_here = texture2D(follicle_map, place * tiles).r;
    colour = mix(colour, brow.rgb, brow.a * hair.r);
    float shadow = hair.g * (beard.a + beard_dots * dot_here * (0.45 + 0.55 * hair.g));
    // Hairs under the skin are seen through it: bluish, for what lies deep loses its red.
    colour = mix(colour, mix(colour * vec3(0.30, 0.36, 0.42), beard.rgb, 0.45), clamp(shadow, 0.0, 1.0));
    colour = mix(colour, roots.rgb * 0.9, roots_here * clamp(roots.a + 0.25 * dot_here, 0.0, 1.0));

    float gloss = map.a * (0.55 + 0.9 * shine) + lip * 0.10 * lipstick.a - 0.25 * eye_shadow.a * zone.r - 0.4 * roots_here * roots.a;
    gl_FragColor = vec4(sqrt(clamp(colour, 0.0, 1.0)), clamp(0.70 - 0.52 * gloss, 0.16, 0.9));
}
