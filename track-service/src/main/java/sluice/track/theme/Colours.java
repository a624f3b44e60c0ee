package sluice.track.theme;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Colours that CSS knows without a function: hexadecimal and named (CSS Color Module Level 4, sections 5.2 and 6). */
final class Colours {
    private static final Pattern HEXADECIMAL = Pattern.compile("#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})");

    private static final Set<String> NAMED = Set.of("""
            aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
            burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
            darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
            darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink
            deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold
            goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush
            lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey
            lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow
            lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
            mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
            navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise
            palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
            saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow
            springgreen steelblue tan teal thistle tomato transparent turquoise violet wheat white whitesmoke yellow
            yellowgreen""".split("\\s+"));

    private Colours() {}

    static boolean isColour(String text) {
        return HEXADECIMAL.matcher(text).matches() || NAMED.contains(text.toLowerCase(Locale.ROOT));
    }
}
