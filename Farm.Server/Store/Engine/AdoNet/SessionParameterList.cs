using System.Collections;
using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Farm.Server.Store.Engine.AdoNet;

/// <summary>The parameters of a command. Names are case-insensitive, so that records can supply them.</summary>
internal sealed class SessionParameterList : ArrayList, IDataParameterCollection
{
    /// <inheritdoc/>
    [AllowNull]
    public object this[string parameterName]
    {
        get => Find(parameterName)!;
        set => throw new NotSupportedException("parameters can only be added");
    }

    /// <summary>The parameter with this name, or null.</summary>
    public SessionParameter? Find(string name) => IndexOf(name) is >= 0 and var index ? (SessionParameter)base[index]! : null;

    /// <inheritdoc/>
    public bool Contains(string parameterName) => IndexOf(parameterName) >= 0;

    /// <inheritdoc/>
    public int IndexOf(string parameterName)
    {
        for (var index = 0; index < Count; index++)
        {
            if (((SessionParameter)base[index]!).ParameterName.Equals(parameterName, StringComparison.OrdinalIgnoreCase)) return index;
        }

        return -1;
    }

    /// <inheritdoc/>
    public void RemoveAt(string parameterName) => RemoveAt(IndexOf(parameterName));
}
