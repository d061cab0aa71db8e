using System.Numerics;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>
/// A value of a template or of an argument, with the types that Python tells apart: <c>1</c> is another value than <c>1.0</c>, since their texts
/// differ in a command (Contracts/FlowServ/Contract.md section 6.3).
/// </summary>
internal abstract record PyValue
{
    /// <summary>No value.</summary>
    public static readonly PyValue None = new PyNone();
}

/// <summary>No value: JSON's null.</summary>
internal sealed record PyNone : PyValue;

/// <summary>True or false.</summary>
internal sealed record PyBool(bool Value) : PyValue;

/// <summary>A whole number of any size.</summary>
internal sealed record PyInt(BigInteger Value) : PyValue;

/// <summary>A number with a fraction, or one of the infinities.</summary>
internal sealed record PyFloat(double Value) : PyValue;

/// <summary>A text.</summary>
internal sealed record PyText(string Value) : PyValue;

/// <summary>A list. Two lists are equal when their items are.</summary>
internal sealed record PyList(IReadOnlyList<PyValue> Items) : PyValue
{
    /// <inheritdoc/>
    public bool Equals(PyList? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Count;
}

/// <summary>Values by name, in their order; each name once.</summary>
internal sealed record PyMap(IReadOnlyList<KeyValuePair<string, PyValue>> Entries) : PyValue
{
    /// <summary>The value of a name; null when there is none.</summary>
    public PyValue? this[string name]
    {
        get
        {
            foreach (var (key, value) in Entries)
            {
                if (key == name) return value;
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(PyMap? other) => other is not null && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => Entries.Count;
}
