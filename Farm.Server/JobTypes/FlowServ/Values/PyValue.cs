using System.Numerics;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>
/// A value of a template or an argument, with Python's types: <c>1</c> is different from <c>1.0</c>, because
/// commands print them differently (Contracts/FlowServ/Contract.md section 6.3).
/// </summary>
internal abstract record PyValue
{
    /// <summary>No value.</summary>
    public static readonly PyValue None = new PyNone();
}

/// <summary>No value; null in JSON.</summary>
internal sealed record PyNone : PyValue;

/// <summary>A Boolean.</summary>
internal sealed record PyBool(bool Value) : PyValue;

/// <summary>An integer of any size.</summary>
internal sealed record PyInt(BigInteger Value) : PyValue;

/// <summary>A floating-point number, including the infinities.</summary>
internal sealed record PyFloat(double Value) : PyValue;

/// <summary>A string.</summary>
internal sealed record PyText(string Value) : PyValue;

/// <summary>A list. Two lists are equal if their items are equal.</summary>
internal sealed record PyList(IReadOnlyList<PyValue> Items) : PyValue
{
    /// <inheritdoc/>
    public bool Equals(PyList? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Count;
}

/// <summary>An ordered map with unique names.</summary>
internal sealed record PyMap(IReadOnlyList<KeyValuePair<string, PyValue>> Entries) : PyValue
{
    /// <summary>The value for a name; null if there is none.</summary>
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
