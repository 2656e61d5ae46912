// The surroundings behind the characters, light.glsl before it.
varying vec2 at;
uniform sampler2D backdrop;
uniform mat3 rays;  // to the scene's directions, scaled to the picture's edges
uniform float factor, side;

void main() {
    vec2 where = unfolded(normalize(rays * vec3(at, -1.0)));
    vec3 c = texture2D(backdrop, (0.5 + where * (side - 1.0)) / side).rgb;
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
    gl_FragColor = vec4(to_picture(c * c * 40.0 * factor) + grain / 255.0, 0.0);
}
