using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Farm.Server.Store.Engine.AdoNet;

/// <summary>A named parameter. The session stores it by the type of its value; <see cref="DbType"/> is ignored.</summary>
internal sealed class SessionParameter : IDbDataParameter
{
    /// <inheritdoc/>
    [AllowNull]
    public string ParameterName { get; set; } = "";

    /// <inheritdoc/>
    public object? Value { get; set; }

    /// <inheritdoc/>
    public DbType DbType { get; set; }

    /// <inheritdoc/>
    public ParameterDirection Direction { get; set; } = ParameterDirection.Input;

    /// <inheritdoc/>
    public bool IsNullable => true;

    /// <inheritdoc/>
    [AllowNull]
    public string SourceColumn { get; set; } = "";

    /// <inheritdoc/>
    public DataRowVersion SourceVersion { get; set; }

    /// <inheritdoc/>
    public byte Precision { get; set; }

    /// <inheritdoc/>
    public byte Scale { get; set; }

    /// <inheritdoc/>
    public int Size { get; set; }
}
