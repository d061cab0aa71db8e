namespace Farm.Dashboard;

/// <summary>Addresses that came with a request and to which a browser is sent. Any that could lead to another site would be an open redirect.</summary>
public static class LocalAddress
{
    /// <summary>The address if it is one of this server, otherwise another.</summary>
    /// <param name="address">What came with the request.</param>
    /// <param name="otherwise">An address of this server.</param>
    public static string Or(string? address, string otherwise) => address is not null && IsLocal(address) ? address : otherwise;

    /// <summary>
    /// Whether an address is a path of this server, with or without a query. Browsers drop tabs and line breaks and take a backslash for a slash, and two
    /// slashes begin a host; a proxy may decode escaped ones first, and dot segments may bring two together.
    /// </summary>
    public static bool IsLocal(string address)
    {
        if (!address.StartsWith('/') || !address.All(letter => letter is > ' ' and < '\x7f' and not '\\')) return false;
        var path = Unescaped(address.Split('?', '#')[0]);
        return !path.Contains("//", StringComparison.Ordinal) && !path.Contains('\\')
            && !path.Split('/').Any(segment => segment is "." or "..") && !path.Any(char.IsControl);
    }

    /// <summary>Decoded until nothing changes, because each server on the way may decode once.</summary>
    private static string Unescaped(string path)
    {
        var decoded = Uri.UnescapeDataString(path);
        return decoded == path ? path : Unescaped(decoded);
    }
}
