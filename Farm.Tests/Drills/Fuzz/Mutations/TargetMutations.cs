namespace Farm.Tests.Drills.Fuzz.Mutations;

/// <summary>Mutations of path and query.</summary>
internal static class TargetMutations
{
    /// <summary>Changes a segment or a parameter.</summary>
    public static string Mutate(string target, Random random)
    {
        var parts = target.Split('?', 2);
        var (path, query) = (parts[0], parts.Length > 1 ? parts[1] : "");
        switch (random.Next(10))
        {
            case 0:
                return With(path + "/" + random.Pick(HostileValues.Segments), query);
            case 1:
                return With(path[..Math.Max(1, path.LastIndexOf('/'))], query);
            case 2:
                return With(random.Chance(50) ? path.ToUpperInvariant() : path.Replace("/", "//", StringComparison.Ordinal), query);
            case 3:
                return With(path + "/", query);
            case 4:
                return With(path, Added(query, $"{random.Pick(HostileValues.Names)}={random.Pick(HostileValues.Parameters)}"));
            case 5:
                return With(path, Added(query, random.Pick(["%FF=%FE", "=", "%00", "&&", "?", "a=b=c", string.Concat(Enumerable.Repeat("a=b&", 1500))])));
            case 6 when query.Length > 0:
                var pairs = query.Split('&');
                var index = random.Next(pairs.Length);
                pairs[index] = $"{pairs[index].Split('=')[0]}={random.Pick(HostileValues.Parameters)}";
                return With(path, string.Join('&', pairs));
            case 7:
                return random.Pick(["*", "http://localhost" + target, "http://evil.example" + target, "//" + target, target + "#x", target.TrimStart('/'), "/../" + target]);
            default:
                var segments = path.Split('/');
                segments[random.Next(Math.Min(1, segments.Length - 1), segments.Length)] = random.Pick(HostileValues.Segments);
                return With(string.Join('/', segments), query);
        }
    }

    private static string With(string path, string query) => query.Length > 0 ? $"{path}?{query}" : path;

    private static string Added(string query, string more) => query.Length > 0 ? $"{query}&{more}" : more;
}
