using System.Data;
using System.Reflection;
using Dapper;

namespace Farm.Server.Store.Engine.AdoNet;

/// <summary>
/// Maps rows to records for Dapper: a column sets the member with its name (<c>updated_at</c> sets <c>UpdatedAt</c>), in any order. UUIDs
/// are 16 bytes, big-endian; enums and booleans are integers.
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

    /// <summary>Registers the mapping with Dapper, once per process and before the first statement.</summary>
    public static void SetUp()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.TypeMapProvider = static type => new RecordMap(type);
        // Read values as the type of the member: SQLite columns have no fixed type.
        foreach (var (type, stored) in Stored) SqlMapper.AddTypeMap(type, stored, useGetFieldValue: true);
    }

    /// <summary>
    /// Returns the constructor with the fewest parameters; members are set one by one afterwards, because Dapper matches constructor
    /// parameters by position, not by name.
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
