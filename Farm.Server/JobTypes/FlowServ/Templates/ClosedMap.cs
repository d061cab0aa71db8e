using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>A mapping of a template in which every element must be known.</summary>
/// <param name="map">The mapping.</param>
/// <param name="where">What it is called in a refusal, such as <c>step "greet"</c>.</param>
internal sealed class ClosedMap(PyMap map, string where)
{
    /// <summary>What it is called in a refusal.</summary>
    public string Where => where;

    /// <summary>Takes a value that must be a mapping with no other elements than these.</summary>
    /// <exception cref="FarmException">It is no mapping, or has an element that is not known.</exception>
    public static ClosedMap Of(PyValue value, string where, params ReadOnlySpan<string> known)
    {
        if (value is not PyMap map) throw FarmException.Invalid($"{where} must be a mapping");
        foreach (var (name, _) in map.Entries)
        {
            if (!known.Contains(name)) throw FarmException.Invalid($"{where} has an unknown element '{name}'");
        }

        return new ClosedMap(map, where);
    }

    /// <summary>A value; null when it is absent or none.</summary>
    public PyValue? Value(string name) => map[name] is { } value and not PyNone ? value : null;

    /// <summary>A text; null when it is absent.</summary>
    /// <exception cref="FarmException">It is no text.</exception>
    public string? Text(string name) => Value(name) switch
    {
        null => null,
        PyText text => text.Value,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be a text"),
    };

    /// <summary>A text that must be there and not be empty.</summary>
    /// <exception cref="FarmException">It is missing, empty, or no text.</exception>
    public string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw FarmException.Invalid($"{where} has no '{name}'");

    /// <summary>True or false; null when it is absent.</summary>
    /// <exception cref="FarmException">It is neither.</exception>
    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        PyBool flag => flag.Value,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be true or false"),
    };

    /// <summary>A whole number; null when it is absent.</summary>
    /// <exception cref="FarmException">It is none, or too big.</exception>
    public int? Number(string name) => Value(name) switch
    {
        null => null,
        PyInt number when number.Value >= int.MinValue && number.Value <= int.MaxValue => (int)number.Value,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be a whole number"),
    };

    /// <summary>The items of a list; none when it is absent.</summary>
    /// <exception cref="FarmException">It is no list.</exception>
    public IReadOnlyList<PyValue> List(string name) => Value(name) switch
    {
        null => [],
        PyList list => list.Items,
        _ => throw FarmException.Invalid($"'{name}' of {where} must be a list"),
    };

    /// <summary>The texts of a list; none when it is absent.</summary>
    /// <exception cref="FarmException">It is no list, or an item is no text.</exception>
    public IReadOnlyList<string> Texts(string name) =>
        [.. List(name).Select(item => item is PyText text ? text.Value : throw FarmException.Invalid($"'{name}' of {where} must be a list of texts"))];
}
