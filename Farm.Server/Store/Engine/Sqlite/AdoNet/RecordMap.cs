using System.Data;
using System.Reflection;
using Dapper;

namespace Farm.Server.Store.Engine.Sqlite.AdoNet;

/// <summary>
/// How Dapper makes records of rows: each column is given to the member of its name (<c>updated_at</c> to <c>UpdatedAt</c>), in whatever order
/// columns and members are. UUIDs are 16 bytes, big-endian; enums and flags are integers.
/// </summary>
internal sealed class RecordMap(Type type) : SqlMapper.ITypeMap
{
    private static readonly (Type Type, DbType Stored)[] Stored =
    [
        (typeof(long), DbType.Int64), (typeof(int), DbType.Int32), (typeof(bool), DbType.Boolean), (typeof(double), DbType.Double),
        (typeof(Guid), DbType.Guid), (typeof(string), DbType.String), (typeof(byte[]), DbType.Binary),
        (typeof(long?), DbType.Int64), (typeof(int?), DbType.Int32), (typeof(bool?), DbType.Boolean), (typeof(double?), DbType.Double),
        (typeof(Guid?), DbType.Guid),
    ];

    private readonly DefaultTypeMap _members = new(type);

    /// <summary>Tells Dapper. Once in a process, before the first statement.</summary>
    public static void SetUp()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.TypeMapProvider = static type => new RecordMap(type);
        // Read by the type that is wanted, not by the one that SQLite reports: its columns have no fixed types.
        foreach (var (type, stored) in Stored) SqlMapper.AddTypeMap(type, stored, useGetFieldValue: true);
    }

    /// <summary>
    /// Called with nothing, after which the members are set one by one: Dapper gives the columns to parameters in their order, not by their names.
    /// </summary>
    public ConstructorInfo? FindExplicitConstructor() => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != type)
        .MinBy(constructor => constructor.GetParameters().Length);

    /// <inheritdoc/>
    public ConstructorInfo? FindConstructor(string[] names, Type[] types) => FindExplicitConstructor();

    /// <inheritdoc/>
    public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName) => null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The record has no member for the column.</exception>
    public SqlMapper.IMemberMap GetMember(string columnName) => _members.GetMember(columnName)
        ?? throw new InvalidOperationException($"{type.Name} has no member for the column \"{columnName}\"");
}
