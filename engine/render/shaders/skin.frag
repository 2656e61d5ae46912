// rest: how far the relief may show, ear, metres below the neckline, metres above the hairline.
// own: how thin the flesh is, lips, cheeks, ear.
varying vec3 at, facing, round_about;
varying vec4 lit, rest, own;
varying vec2 place, creased;
uniform sampler2D skin_paint;  // square roots of the reflectance, roughness
uniform sampler2D relief_picture;  // slopes across and up, shade in pores, depth of folds
uniform sampler2D folds_picture;  // slopes across and up of two layers
uniform vec3 up;
uniform vec2 flow;  // of the blood: how far the lips pale, the cheeks flush
uniform float pores;

const float MIRRORS = 0.028;  // of light straight on

// Light that comes in beside the terminator and out behind it, red furthest: a box that blurs max(d, 0).
vec3 scattered(float soft, float sharp, vec3 reach) {
    vec3 d = mix(vec3(sharp), vec3(soft), vec3(0.62, 0.46, 0.38));
    vec3 t = clamp(d, -reach, reach) + reach;
    return t * t / (4.0 * reach) + max(d - reach, 0.0);
}

// Shadows' edges are red: what is lit beside them shines through.
vec3 shade(float open) {
    return mix(vec3(open * open), vec3(open), vec3(1.0, 0.82, 0.76));
}

float lobes(vec3 n, vec3 view, vec3 from, float rough, float size, float facing_view) {
    vec3 middle = normalize(from + view);
    float nh = clamp(dot(n, middle), 0.0, 1.0), nl = clamp(dot(n, from), 0.0, 1.0);
    float alpha = rough * rough, wide = alpha + 0.35 * size, tight = 0.40 * alpha + 0.35 * size;
    float a2 = wide * wide, b2 = tight * tight;
    float p = nh * nh * (a2 - 1.0) + 1.0, q = nh * nh * (b2 - 1.0) + 1.0;
    float spread = 0.80 * alpha * alpha / (p * p) + 0.20 * 0.16 * alpha * alpha / (q * q);
    float k = 0.125 * (rough + 1.0) * (rough + 1.0);
    float hidden = 0.25 / (mix(k, 1.0, nl) * mix(k, 1.0, facing_view));
    return spread * hidden * nl * (MIRRORS + (1.0 - MIRRORS) * sheen(clamp(dot(from, middle), 0.0, 1.0)));
}

void main() {
    vec3 smooth_n = normalize(facing);
    vec3 view = normalize(eye - at);
    vec4 paint = texture2D(skin_paint, place);
    vec4 fine = texture2D(relief_picture, place);
    vec4 folds = (texture2D(folds_picture, place) - 0.50196) * vec4(creased.xx, creased.yy);
    vec2 slope = (fine.rg - 0.50196) * (1.6 * pores * rest.x) + (folds.xy + folds.zw) * (0.8 + 1.8 * rest.x);
    vec3 across = normalize(cross(up, smooth_n) + vec3(1e-5));
    vec3 n = normalize(smooth_n - across * slope.x - cross(smooth_n, across) * slope.y);

    float hollow = clamp(fine.a * max(creased.x, creased.y) * rest.x, 0.0, 1.0);
    float pit = fine.b * pores * rest.x;
    vec3 colour = paint.rgb * paint.rgb;
    colour *= 1.0 + flow.x * own.y * vec3(0.06, 0.38, 0.32) - flow.y * own.z * vec3(0.03, 0.20, 0.16);
    colour *= 1.0 - pit * vec3(0.22, 0.32, 0.36) - hollow * vec3(0.10, 0.16, 0.16);

    vec3 open3 = vec3(clamp(lit.a, 0.0, 1.0) * (1.0 - 0.35 * pit));
    vec3 open = open3 * (1.0 + (0.25 + 0.55 * colour) * (1.0 - open3));  // light goes to and fro in hollows
    open *= 1.0 - 0.45 * hollow;
    vec3 seen = smoothstep(0.08, 0.96, lit.rgb) * (1.0 - 0.25 * hollow);
#ifdef SHADOWS
    seen.r = mix(seen.r, 1.0, 0.4) * key_reaches(at, smooth_n);  // much of it is in the shadow map as well
#endif

    vec3 reach = vec3(0.33, 0.21, 0.155) * (0.80 + 0.9 * own.x);
    vec3 soft = vec3(dot(smooth_n, key_from), dot(smooth_n, fill_from), dot(smooth_n, rim_from));
    seen *= clamp(1.0 + 2.5 * soft, 0.0, 1.0);  // what is behind the surface lights no side of a fold
    vec3 sharp = vec3(dot(n, key_from), dot(n, fill_from), dot(n, rim_from));
    vec3 key = KEY * shade(seen.r), fill = FILL * shade(seen.g), rim = RIM * shade(seen.b);
    // What faces down gets light back from the skin and the clothes below it.
    vec3 lit_about = round_about * (1.0 + 0.6 * dot(n - smooth_n, up));  // more of it comes from above
    vec3 around_it = lit_about * open + KEY * colour * (open * (0.13 * max(-dot(smooth_n, up), 0.0)));
    vec3 diffuse = key * scattered(soft.x, sharp.x, reach) + fill * scattered(soft.y, sharp.y, reach) + rim * scattered(soft.z, sharp.z, reach) + around_it;

    // Thin flesh glows with what is behind it.
    vec3 behind = max(0.22 - soft, 0.0) / 1.22;
    vec3 through = KEY * (lit.r * behind.x) + FILL * (lit.g * behind.y) + RIM * (lit.b * behind.z);
    diffuse += own.x * own.x * through * vec3(0.40, 0.10, 0.05);

    float facing_view = clamp(dot(n, view), 0.0, 1.0), graze = 1.0 - clamp(dot(smooth_n, view), 0.0, 1.0);
    float kept = (1.0 - 0.8 * hollow) * (1.0 - 0.6 * pit);
#ifdef FINE
    float rough = paint.a;
    vec3 specular = KEY * (seen.r * seen.r * lobes(n, view, key_from, rough, lamp_sizes.x, facing_view));
    specular += FILL * (seen.g * lobes(n, view, fill_from, rough, lamp_sizes.y, facing_view));
    specular += RIM * (seen.b * lobes(n, view, rim_from, rough, lamp_sizes.z, facing_view));
    float g = min((1.0 - rough) * (1.0 - rough), exp2(-9.28 * facing_view)) * (1.0 - rough) + 0.0425 - 0.0275 * rough;
    float share = MIRRORS * (1.04 - 0.572 * rough - 1.04 * g) + 1.04 * g + 0.022 * rough - 0.04;
    specular += mirrored(reflect(-view, n), rough) * (max(share, 0.0) * open3 * open3);
#else
    float rough = paint.a;
    vec3 specular = KEY * (seen.r * seen.r * lobes(n, view, key_from, rough, lamp_sizes.x, facing_view));
    specular += (RIM * (seen.b * clamp(0.3 + soft.z, 0.0, 1.0)) + lit_about * open3) * (sheen(facing_view) * (1.2 - rough) * 0.6);
#endif
    // Down stands on the outline and catches light.
    float down = graze * graze * graze * (1.0 - own.y) * 0.07;
    vec3 fuzz = (key * clamp(soft.x + 0.4, 0.0, 1.0) + rim * clamp(soft.z + 0.4, 0.0, 1.0) + around_it) * down;
    gl_FragColor = vec4(to_picture(colour * diffuse + specular * kept + fuzz), 0.3);
}
