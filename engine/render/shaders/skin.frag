// rest: how far the relief may show, ear, metres below the neckline, metres above the hairline.
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place;
uniform sampler2D skin_picture, relief_picture;
uniform vec3 up;

// Light that wraps round the terminator, red furthest: what scattering under the skin does.
vec3 scatter(float soft, float sharp) {
    vec3 wrap = vec3(0.42, 0.20, 0.14);
    vec3 x = clamp((vec3(soft, mix(soft, sharp, 0.5), sharp) + wrap) / (1.0 + wrap), 0.0, 1.0);
    return x * x * (1.0 + 0.4 * wrap);
}

void main() {
    vec3 smooth_n = normalize(facing);
    vec3 fine = texture2D(relief_picture, place).rgb;
    vec2 slope = (fine.rg - 0.50196) * (1.6 * rest.x);
    vec3 across = normalize(cross(up, smooth_n) + vec3(1e-5));
    vec3 n = normalize(smooth_n - across * slope.x - cross(smooth_n, across) * slope.y);
    vec3 view = normalize(eye - at);
    vec3 colour = to_linear(texture2D(skin_picture, place).rgb);
    colour = mix(colour, vec3(0.50, 0.265, 0.185), rest.y);  // ears have no place of their own in the picture

    vec3 shadow = smoothstep(0.08, 0.96, lit.rgb);
    float open = clamp(lit.a, 0.0, 1.0);
    vec3 key_shadow = mix(vec3(shadow.r * shadow.r), vec3(shadow.r), vec3(1.0, 0.62, 0.52));
    vec3 occluded = mix(vec3(open * open), vec3(open), vec3(0.74, 0.60, 0.55));
    float collar = smoothstep(-0.010, 0.001, rest.z);
    occluded *= 1.0 - 0.55 * collar;
    key_shadow *= 1.0 - 0.6 * collar;

    vec3 diffuse = KEY * key_shadow * scatter(dot(smooth_n, key_from), dot(n, key_from));
    diffuse += FILL * shadow.g * scatter(dot(smooth_n, fill_from), dot(n, fill_from));
    diffuse += RIM * shadow.b * scatter(dot(smooth_n, rim_from), dot(n, rim_from)) * 0.8;
    diffuse += ambient(n) * occluded;

    float facing_view = clamp(dot(n, view), 0.0, 1.0);
    vec3 half_key = normalize(key_from + view);
    float shine = clamp(dot(n, half_key), 0.0, 1.0);
    float s2 = shine * shine, s4 = s2 * s2, s8 = s4 * s4, s16 = s8 * s8;
    float tight = s16 * s16 * s16;
    float gloss = fine.b;
    float lobe = 0.055 * s8 + gloss * (0.13 * s16 + 0.34 * tight * gloss);
    vec3 specular = KEY * (shadow.r * shadow.r) * lobe * smoothstep(-0.05, 0.25, dot(smooth_n, key_from));
    vec3 half_fill = normalize(fill_from + view);
    float f = clamp(dot(n, half_fill), 0.0, 1.0);
    f *= f; f *= f; f *= f; f *= f;
    specular += FILL * shadow.g * f * gloss * 0.12;
    float edge = sheen(facing_view);
    specular += (RIM * shadow.b * smoothstep(-0.3, 0.5, dot(smooth_n, rim_from)) * 0.55 + ambient(n) * open * 0.35) * edge * (0.4 + gloss);

    gl_FragColor = vec4(to_picture(colour * diffuse + specular), 0.3);
}
