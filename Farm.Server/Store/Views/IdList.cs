namespace Farm.Server.Store.Views;

/// <summary>Ids as one parameter, so that the text of a query is the same however many there are: <c>IN (SELECT value FROM json_each(@ids))</c>.</summary>
internal static class IdList
{
    /// <summary>Small integers as a JSON list.</summary>
    public static string Json(IEnumerable<long> ids) => $"[{string.Join(',', ids)}]";

    /// <summary>UUIDs as a JSON list of hex digits, for <c>unhex(value)</c>.</summary>
    public static string Json(IEnumerable<Guid> uuids) => $"[{string.Join(',', uuids.Select(static uuid => $"\"{Convert.ToHexString(uuid.ToByteArray(bigEndian: true))}\""))}]";
}
