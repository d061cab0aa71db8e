using System.Text.RegularExpressions;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>The address of a database in the settings: <c>postgres://user:password@host:port/database?schema=farm</c>.</summary>
internal static partial class PostgresAddress
{
    /// <summary>The schema in which the tables of a farm are, unless the address names another.</summary>
    public const string DefaultSchema = "farm";

    private const string ConnectSeconds = "connect_timeout";
    private const int DefaultConnectSeconds = 5;

    /// <summary>An address as it may be shown: its password is left out.</summary>
    public static string WithoutPassword(string address) => Password().Replace(address, "$1");

    /// <summary>An address as it may be shown, with the word PASSWORD for its password.</summary>
    /// <exception cref="StoreException">It is not a valid address.</exception>
    public static string WithPasswordHidden(string address)
    {
        var settings = Read(address);
        var uri = new Uri(address);
        var user = settings.Username is null ? "" : $"{Uri.EscapeDataString(settings.Username)}{(settings.Password is null ? "" : ":PASSWORD")}@";
        return $"{uri.Scheme}://{user}{uri.Authority}{uri.PathAndQuery}";
    }

    /// <summary>The database, host and schema of an address, in words.</summary>
    /// <exception cref="StoreException">It is not a valid address.</exception>
    public static string InWords(string address)
    {
        var settings = Read(address);
        return $"{settings.Database} on {settings.Host}:{settings.Port}, schema {settings.SearchPath}";
    }

    /// <summary>The schema that an address names.</summary>
    /// <exception cref="StoreException">It is not a valid address.</exception>
    public static string SchemaOf(string address) => Read(address).SearchPath!;

    /// <summary>Whether two addresses name the tables of the same farm.</summary>
    /// <exception cref="StoreException">One of them is not a valid address.</exception>
    public static bool AreSame(string one, string other)
    {
        var (a, b) = (Read(one), Read(other));
        return (a.Host, a.Port, a.Database, a.SearchPath) == (b.Host, b.Port, b.Database, b.SearchPath);
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreException">It is not a valid address; the message says why, without the password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw new StoreException("Invalid database address; expected postgres://user:password@host:port/database.");
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (uri.Host.Length == 0 || database.Length == 0)
            throw new StoreException("The database address names no host or no database; expected postgres://user:password@host:port/database.");
        var user = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.IdnHost,
            Port = uri.IsDefaultPort ? 5432 : uri.Port,
            Database = database,
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            SearchPath = DefaultSchema,
            Timeout = DefaultConnectSeconds,
        };
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) Apply(settings, option);
        return settings;
    }

    private static void Apply(NpgsqlConnectionStringBuilder settings, string option)
    {
        var (name, value) = option.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (option, "");
        var valid = name switch
        {
            "schema" => IsName(value),
            "sslmode" => Enum.TryParse<SslMode>(value.Replace("-", ""), ignoreCase: true, out _),
            ConnectSeconds => int.TryParse(value, out var seconds) && seconds is > 0 and <= 300,
            _ => throw new StoreException($"Unknown option \"{name}\" in the database address; expected schema, sslmode or {ConnectSeconds}."),
        };
        if (!valid) throw new StoreException($"Invalid value of \"{name}\" in the database address.");
        if (name == "schema") settings.SearchPath = value;
        else if (name == "sslmode") settings.SslMode = Enum.Parse<SslMode>(value.Replace("-", ""), ignoreCase: true);
        else settings.Timeout = int.Parse(value);
    }

    [GeneratedRegex("(://[^/@:]*):[^/@]*(?=@)")]
    private static partial Regex Password();

    private static bool IsName(string value) =>
        value.Length is > 0 and <= 63 && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !char.IsAsciiDigit(value[0]);
}
