// All in the eyeball's own frame. rest: direction from its centre, side; lit: mm from the upper and the lower lid's edge.
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place;
uniform sampler2D eye_picture;
uniform mat3 frame;  // from the head's space into the eyeball's
uniform vec3 catch_from;

const float RADIUS = 15.25, IRIS = 6.0;

void main() {
    vec3 ball = normalize(rest.xyz);
    vec3 view = normalize(frame * (eye - at));
    vec3 key = frame * key_from, fill = frame * fill_from, window = frame * catch_from;
    float r = length(ball.xy) * RADIUS;
    float cornea = 1.0 - smoothstep(IRIS - 0.9, IRIS + 1.3, r);
    vec3 front = normalize(vec3(ball.xy * mix(1.0, 2.05, cornea), ball.z));
    // The iris lies behind the cornea: it shifts as one looks from the side.
    float deep = 2.1 * max(0.0, 1.0 - r * r / (IRIS * IRIS * 1.15));
    vec2 seen = ball.xy * RADIUS - view.xy / max(view.z, 0.35) * deep * 0.62;
    vec3 colour = to_linear(texture2D(eye_picture, 0.5 + 0.5 * seen / RADIUS).rgb);

    float upper = smoothstep(-0.6, 3.9, lit.x), lower = smoothstep(-1.0, 2.2, lit.y);
    float open = (0.16 + 0.84 * upper) * (0.5 + 0.5 * lower);
    vec3 soft = vec3(0.45, 0.33, 0.30);
    float ends = smoothstep(0.93, 0.55, abs(ball.x));
    vec3 n = mix(ball, normalize(vec3(-ball.xy * 0.5, 1.0)), 0.7 * cornea);  // the iris is a bowl: lit from the far side
    vec3 light = KEY * upper * clamp((dot(n, key) + soft) / (1.0 + soft), 0.0, 1.0);
    light += FILL * clamp((dot(n, fill) + soft) / (1.0 + soft), 0.0, 1.0) + vec3(0.36, 0.36, 0.38);
    light *= open * (0.55 + 0.45 * ends);
    light *= mix(vec3(1.0), vec3(1.0, 0.80, 0.76), (1.0 - upper * lower) * 0.6);  // light through the lids
    vec3 result = colour * light * mix(0.80, 0.95, cornea);

    vec3 mirrored = reflect(-view, front);
    float glance = dot(mirrored, window);
    float spark = smoothstep(0.962, 0.978, glance) * cornea + 0.03 * smoothstep(0.86, 0.97, dot(mirrored, fill)) * cornea;
    float wet = pow(clamp(dot(normalize(view + key), ball), 0.0, 1.0), 120.0) * (1.0 - cornea) * 0.35;
    float line = smoothstep(0.55, 0.1, lit.y) * smoothstep(-0.5, 0.0, lit.y) * (1.0 - 0.6 * cornea);  // tears along the lower lid
    result += (2.6 * spark + KEY * wet) * (0.25 + 0.75 * upper) + vec3(0.10) * line * (0.4 + clamp(dot(ball, key), 0.0, 1.0));
    result += ambient(vec3(0.0, mirrored.y, 0.0)) * (0.03 + 0.6 * sheen(clamp(dot(front, view), 0.0, 1.0))) * open;
    gl_FragColor = vec4(to_picture(result), 0.55);
}
