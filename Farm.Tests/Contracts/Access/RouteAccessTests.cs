using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Farm.Tests.Contracts.Access;

/// <summary>
/// Who may call what: every route of every protocol and page, from the route table, with every role. The table is
/// <c>RouteAccessTests.Every_route_says_who_may_call_it.verified.txt</c>.
/// </summary>
public sealed class RouteAccessTests
{
    private const string Elsewhere = "192.168.1.7";

    /// <summary>Endpoints that say which methods there are.</summary>
    private const string AnyOther = "*";

    /// <summary>What a caller of each role sends; a stranger sends nothing.</summary>
    private readonly Dictionary<Role, string?> _tokens = new() { [Role.Stranger] = null };

    [Fact]
    public async Task Every_route_says_who_may_call_it()
    {
        await using var farm = await TestFarm.StartAsync();
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in Rows(farm)) table.TryAdd($"{row.Path,-80} {row.Method}", row.Access.Name);
        var lines = table.Select(row => $"{row.Key,-90} {row.Value}");
        Assert.True(table.Count > 200, $"only {table.Count} routes");
        Snapshot.Verify(string.Join('\n', lines) + "\n");
    }

    [Fact]
    public async Task Each_role_may_call_exactly_the_routes_of_its_rows()
    {
        await using var farm = await TestFarm.StartAsync(access: AccessMode.Closed, security: LanClient.Security);
        foreach (var role in RoleNames.OfTokens) _tokens[role] = (await farm.Service<Tokens>().MakeAsync(Caller.Farm, role.Name(), role, null, null)).Secret;
        var wrong = new List<string>();
        // Administrators last, because they may replace all settings.
        foreach (var (role, token) in _tokens.OrderBy(pair => pair.Key))
        {
            foreach (var row in Rows(farm).Where(row => row is { Method: not AnyOther, Access.Permission: not null }))
            {
                var (status, text) = await SendAsync(farm, row, token);
                var isRefused = text.Contains("this farm is closed", StringComparison.Ordinal) || text.Contains("this needs the role", StringComparison.Ordinal)
                    || (row.Access.Hint is { } hint && text.Contains(hint.Split('\'', '"')[0], StringComparison.Ordinal)) || (status == 303 && role == Role.Stranger);
                var mayCall = AccessTable.Allows(role, row.Access.Permission!.Value);
                if (isRefused == mayCall) wrong.Add($"{row.Method} {row.Path} as {role.Name()}: {status} {text}");
                if (!mayCall && status is not (401 or 403 or 303)) wrong.Add($"{row.Method} {row.Path} as {role.Name()}: status {status}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    private static IEnumerable<Row> Rows(TestFarm farm)
    {
        foreach (var endpoint in farm.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<IRouteAccesses>() is { } several)
            {
                // The others of its endpoints are for single paths of the same table.
                if (path.IndexOf("/{**", StringComparison.Ordinal) is not (>= 0 and var end)) continue;
                var root = path[..end];
                foreach (var row in several.Rows)
                {
                    foreach (var method in row.Methods)
                        yield return new Row(method, $"{root}/{row.Path}", $"{root}/{row.Path.Replace(":id", "x", StringComparison.Ordinal)}", row.Access);
                }

                continue;
            }

            var access = endpoint.Metadata.GetMetadata<RouteAccess>();
            Assert.True(access is not null, $"{path} does not say who may call it");
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : [AnyOther])
                yield return new Row(method, path, Example(endpoint.RoutePattern), access, endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);
        }
    }

    private static string Example(RoutePattern route) => "/" + string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { ParameterPolicies: var policies } => policies.Any(policy => policy.Content == "guid") ? $"{Guid.Empty}" : policies.Any(policy => policy.Content == "long") ? "1" : "x",
        _ => "x",
    }))));

    private static async Task<(int Status, string Text)> SendAsync(TestFarm farm, Row row, string? token)
    {
        var method = row.Method;
        using var request = new HttpRequestMessage(new HttpMethod(method), row.Example);
        if (method is not ("GET" or "HEAD")) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        if (row.IsPage) request.Headers.Add("Accept", "text/html");
        if (token is not null) request.Headers.Add("Authorization", $"Bearer {token}");
        using var answer = await farm.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var isShort = answer.Content.Headers.ContentLength is < 100_000 || answer.StatusCode is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden;
        // A refused HEAD has no body to read.
        var text = method == "HEAD" && (int)answer.StatusCode is (401 or 403) ? "this farm is closed" : isShort ? await answer.Content.ReadAsStringAsync() : "";
        return ((int)answer.StatusCode, text);
    }

    private sealed record Row(string Method, string Path, string Example, RouteAccess Access, bool IsPage = false);
}
