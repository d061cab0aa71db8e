namespace Farm.Server.Store;

/// <summary>
/// Passes ids as one parameter, so that the query text does not depend on their number: <c>IN (SELECT value FROM json_each(@ids))</c>.
/// </summary>
internal static class IdList
{
    /// <summary>Numeric ids as a JSON array.</summary>
    public static string Json(IEnumerable<long> ids) => $"[{string.Join(',', ids)}]";

    /// <summary>The ids of a text in which commas separate them; null has none.</summary>
    public static long[] Joined(string? ids) => ids is null ? [] : Array.ConvertAll(ids.Split(','), long.Parse);

    /// <summary>UUIDs as a JSON array of hex strings, for <c>unhex(value)</c>.</summary>
    public static string Json(IEnumerable<Guid> uuids) => $"[{string.Join(',', uuids.Select(static uuid => $"\"{Convert.ToHexString(uuid.ToByteArray(bigEndian: true))}\""))}]";
}
