using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>A template mapping that may contain only known elements.</summary>
/// <param name="map">The mapping.</param>
/// <param name="where">Names the mapping in error messages, such as <c>step "greet"</c>.</param>
internal sealed class ClosedMap(PyMap map, string where)
{
    /// <summary>Names the mapping in error messages.</summary>
    public string Where => where;

    /// <summary>Wraps a value that must be a mapping with only the given elements.</summary>
    /// <exception cref="FarmException">The value is not a mapping or has an unknown element.</exception>
    public static ClosedMap Of(PyValue value, string where, params ReadOnlySpan<string> known)
    {
        if (value is not PyMap map) throw FarmException.Invalid($"{where} must be a mapping");
        foreach (var (name, _) in map.Entries)
        {
            if (!known.Contains(name)) throw FarmException.Invalid($"{where} has an unknown element '{name}'");
        }

        return new ClosedMap(map, where);
    }

    /// <summary>A value; null if it is absent or null.</summary>
    public PyValue? Value(string name) => map[name] is { } value and not PyNone ? value : null;

    /// <summary>A string; null if it is absent.</summary>
    /// <exception cref="FarmException">The value is not a string.</exception>
    public string? Text(string name) => Value(name) switch
    {
        null => null,
        PyText text => text.Value,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be a text"),
    };

    /// <summary>A required, non-empty string.</summary>
    /// <exception cref="FarmException">The value is missing, empty or not a string.</exception>
    public string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw FarmException.Invalid($"{where} has no '{name}'");

    /// <summary>A Boolean; null if it is absent.</summary>
    /// <exception cref="FarmException">The value is not a Boolean.</exception>
    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        PyBool flag => flag.Value,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be true or false"),
    };

    /// <summary>An integer; null if it is absent.</summary>
    /// <exception cref="FarmException">The value is not a 32-bit integer.</exception>
    public int? Number(string name) => Value(name) switch
    {
        null => null,
        PyInt number when number.Value >= int.MinValue && number.Value <= int.MaxValue => (int)number.Value,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be a whole number"),
    };

    /// <summary>The items of a list; empty if it is absent.</summary>
    /// <exception cref="FarmException">The value is not a list.</exception>
    public IReadOnlyList<PyValue> List(string name) => Value(name) switch
    {
        null => [],
        PyList list => list.Items,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be a list"),
    };

    /// <summary>A list of strings; empty if it is absent.</summary>
    /// <exception cref="FarmException">The value is not a list, or an item is not a string.</exception>
    public IReadOnlyList<string> Texts(string name) =>
        [.. List(name).Select(item => item is PyText text ? text.Value : throw FarmException.Invalid($"'{name}' of {where} must be a list of texts"))];
}
