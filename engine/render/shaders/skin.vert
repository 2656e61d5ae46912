// zone: how thin the flesh is, lips, cheeks, ear. aged: furrows at rest.
attribute vec3 position, normal;
attribute vec4 light;
attribute vec2 crease;
attribute vec2 uv;
attribute vec4 extra;
attribute vec2 aged;
attribute vec4 zone;
uniform mat4 transform;
uniform float lines;
varying vec3 at, facing, round_about;  // last: the surroundings' light on the smooth surface
varying vec4 lit, rest, own;
varying vec2 place, creased;

void main() {
    at = position;
    facing = normal;
    round_about = ambient(normal);
    lit = light;
    rest = extra;
    own = zone;
    creased = crease * (0.42 + 0.95 * lines) + aged * (lines * (1.15 - 0.6 * crease));
    place = uv;
    gl_Position = transform * vec4(at, 1.0);
}
