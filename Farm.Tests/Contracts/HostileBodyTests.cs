using System.Text;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Farm.Tests.Contracts;

/// <summary>
/// Bodies, queries and hosts that no client sends by accident, to every endpoint of every protocol: the routes come from the route table, so
/// that a new endpoint is tried too. No answer may be an unexpected error.
/// </summary>
public sealed class HostileBodyTests : FlowServTest
{
    internal const string Names =
        "action activity address after alias arguments attachment attempt AuxFiles batch BatchName blenderExecutable can_restart checkoutPath ChunkSize clone_url Command config connector content "
        + "description documents email files full_name git_repo Group id IdOnly initial_status input is_active is_lazy is_usable JobID JobInfo Jobs last_updated_max log members message messages metadata "
        + "name Name paused parameters password path platform Plugin PluginInfo priority Priority project recipe ref reason repItemType repository requestId role secret seedId settings "
        + "shaman_checkout_id software_version source status steps_completed storage storageLocation submitter_platform supported_task_types tags task task_type TaskList Tasks type type_etag url username "
        + "value variables verify version worker worker_id worker_tag";

    private static readonly string[] Hosts =
        ["", " ", "[", "[::1", "::1", "a b", "a:99999", "a:b", ":80", "..", "a..b", "%", "%zz", "a@b", "a/b", "a\\b", "a?b", "a#b", "\u00e9", "\u00ff\u00fe", "xn--", new('a', 300), "1.2.3.4.5", "*", "a,b", "_"];

    private int Port => Farm.Farm.Client.BaseAddress!.Port;

    [Fact]
    public async Task No_JSON_body_is_an_unexpected_error()
    {
        var bodies = Bodies().ToList();
        var requests = new List<(string, byte[])>();
        var endpoints = Endpoints().Where(endpoint => endpoint.Method is not ("GET" or "HEAD" or "OPTIONS")).ToList();
        Assert.True(endpoints.Count > 60, $"only {endpoints.Count} endpoints");
        var credentials = await CredentialsAsync();
        foreach (var (method, path) in endpoints)
        {
            foreach (var (name, body) in bodies)
            {
                foreach (var authorization in credentials)
                    requests.Add(($"{method} {path}: {name}", RawConnection.Request(method, path, body, ["Host: localhost", "Content-Type: application/json", .. authorization])));
            }
        }

        await AssertNoneFailsAsync(requests);
    }

    [Fact]
    public async Task No_form_or_query_is_an_unexpected_error()
    {
        var requests = new List<(string, byte[])>();
        var credentials = await CredentialsAsync();
        (string Type, byte[] Body)[] forms =
        [
            ("application/x-www-form-urlencoded", "%FF=%FF&%00=%00&username=%ed%a0%80&password=%&back=%zz"u8.ToArray()),
            ("application/x-www-form-urlencoded", [0xFF, (byte)'=', 0xFE, 0, (byte)'&']),
            ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(new string('a', 5000) + "=b")),
            ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a=b&", 3000)))),
            ("application/x-www-form-urlencoded; charset=utf-7", "a=b"u8.ToArray()),
            ("application/x-www-form-urlencoded; charset=none", "a=b"u8.ToArray()),
            ("multipart/form-data", "a"u8.ToArray()),
            ("multipart/form-data; boundary=x", "--x\r\nbroken"u8.ToArray()),
            ("multipart/form-data; boundary=x", [.. "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""u8, 0xFF, 0xFE, .. "\"\r\n\r\na\r\n--x--\r\n"u8]),
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%ff%00\r\n\r\na\r\n--x--\r\n"u8.ToArray()),
            ("\u00ff", "a"u8.ToArray()),
        ];
        foreach (var (method, path) in Endpoints())
        {
            if (method is not ("GET" or "HEAD" or "OPTIONS"))
            {
                foreach (var (type, body) in forms)
                    requests.Add(($"{method} {path}: {type}", RawConnection.Request(method, path, body, ["Host: localhost", $"Content-Type: {type}", .. credentials[0]])));
            }

            foreach (var value in (string[])["%FF", "%00", "%ED%A0%80", "%", "%zz", "1e99", "-1", "99999999999999999999", "a&{0}=b"])
            {
                var query = string.Join('&', Names.Split(' ').Concat(["limit", "offset", "since", "orderBy", "States", "count", "page", "groups"]).Select(name => $"{name}={string.Format(value, name)}"));
                requests.Add(($"{method} {path}?…={value}", RawConnection.Request(method, $"{path}?{query}&%FF=%FE&=&&%00", "{}"u8, ["Host: localhost", "Content-Type: application/json", .. credentials[0]])));
            }
        }

        await AssertNoneFailsAsync(requests);
    }

    [Fact]
    public async Task No_host_is_an_unexpected_error()
    {
        var requests = new List<(string, byte[])>();
        foreach (var path in Endpoints().Where(endpoint => endpoint.Method == "GET").Select(endpoint => endpoint.Path).Append("/").Append("/nonsense").Append("/jobs").Distinct())
        {
            foreach (var accept in (string[])["text/html", "application/json"])
            {
                foreach (var host in path is "/" or "/jobs" || path.EndsWith("/version", StringComparison.Ordinal) ? Hosts : ["", "a..b"])
                    requests.Add(($"{path} for {accept} from \"{host}\"", RawConnection.Request("GET", path, [], $"Host: {host}", $"Accept: {accept}")));
            }
        }

        await AssertNoneFailsAsync(requests);
    }

    [Theory]
    [InlineData("/api/v3/version", "application/json", 200)]
    [InlineData("/", "text/html", 200)]
    [InlineData("/", "*/*", 200)]
    public async Task An_empty_host_is_the_address_that_the_client_connected_to(string path, string accept, int status)
    {
        var (answered, text) = await RawConnection.AskAsync(Port, RawConnection.Request("GET", path, [], "Host: ", $"Accept: {accept}"));
        Assert.True(answered == status, text);
        Assert.DoesNotContain("http:///", text);
    }

    /// <summary>In the form of each protocol (the section on errors of its contract).</summary>
    [Theory]
    [InlineData("POST", "/api/v3/jobs", 400, "{\"code\":400,\"message\":\"the request body is not JSON: ")]
    [InlineData("POST", "/api/jobs", 400, "Error: The message body is not a JSON object.")]
    [InlineData("PUT", "/api/jobs", 400, "Error: The message body is not a JSON object.")]
    [InlineData("POST", "/flowserv/api/v1/users/login", 400, "{\"message\":\"the request body is not JSON\"}")]
    [InlineData("POST", "/login", 400, "{\"ok\":false,")]
    public async Task Text_that_is_not_UTF8_is_malformed_JSON(string method, string path, int status, string said)
    {
        foreach (var body in (byte[][])[[.. "{\"na"u8, 0xFF, .. "me\": 1}"u8], [.. "{\"name\": \""u8, 0xC3, .. "\"}"u8], "{\"\\ud800\": 1}"u8.ToArray()])
        {
            var (answered, text) = await RawConnection.AskAsync(Port, RawConnection.Request(method, path, body, "Host: localhost", "Content-Type: application/json"));
            Assert.True(answered == status, text);
            Assert.Contains(said, text);
        }
    }

    private static IEnumerable<(string Name, byte[] Body)> Bodies()
    {
        yield return ("nothing", []);
        yield return ("NUL", [0]);
        yield return ("byte order mark", [0xEF, 0xBB, 0xBF, .. "{}"u8]);
        yield return ("a name that is not UTF-8", [.. "{\"a"u8, 0xFF, .. "\": 1}"u8]);
        yield return ("an overlong name", [.. "{\""u8, 0xC0, 0x80, .. "\": 1}"u8]);
        yield return ("a name that is half of a character", "{\"\\ud800\": 1}"u8.ToArray());
        yield return ("a name that is NUL", "{\"\\u0000\": 1}"u8.ToArray());
        yield return ("a list", "[{\"id\": \"\\udfff\"}]"u8.ToArray());
        yield return ("a text", "\"\\ud800\""u8.ToArray());
        yield return ("deep lists", Encoding.ASCII.GetBytes(new string('[', 10_000)));
        yield return ("deep maps", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"settings\":", 1000))));
        yield return ("cut off", "{\"name\": \"a"u8.ToArray());
        byte[][] values =
        [
            [(byte)'"', 0xFF, (byte)'"'], [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], "\"\\ud800\""u8.ToArray(), "\"\\u0000\""u8.ToArray(), "\"\""u8.ToArray(), "null"u8.ToArray(), "true"u8.ToArray(), "1e999999999"u8.ToArray(),
            "-1"u8.ToArray(), Encoding.ASCII.GetBytes(new string('7', 5000)), "[\"\\ud800\"]"u8.ToArray(), "[null]"u8.ToArray(), "[[]]"u8.ToArray(), "{}"u8.ToArray(), "{\"\\udc00\":\"\\ud800\"}"u8.ToArray(),
            [.. "{\""u8, 0xFF, .. "\": 1}"u8], "{\"a\":1,\"a\":2}"u8.ToArray(), "[{\"name\":\"\\u0000\",\"value\":{\"a\":1,\"a\":[]}}]"u8.ToArray(),
        ];
        foreach (var value in values)
        {
            byte[] all = [(byte)'{', .. Names.Split(' ').SelectMany((name, index) => (byte[])[.. Encoding.ASCII.GetBytes($"{(index > 0 ? "," : "")}\"{name}\":"), .. value]), (byte)'}'];
            yield return ($"{Encoding.Latin1.GetString(value)[..Math.Min(30, value.Length)]} everywhere", all);
        }

        yield return ("repeated names", "{\"name\":\"a\",\"name\":\"b\",\"id\":1,\"id\":2,\"JobInfo\":{},\"JobInfo\":{\"Name\":\"a\",\"Name\":\"b\"},\"config\":{\"a\":1,\"a\":2}}"u8.ToArray());
    }

    /// <summary>Headers of those who may do most, as far as each protocol knows them: bodies are often read only after that.</summary>
    private async Task<string[][]> CredentialsAsync()
    {
        var worker = await Farm.Farm.AwakeAsync();
        var basic = worker.Client.DefaultRequestHeaders.Authorization!.ToString();
        var bearer = "Bearer " + (await File.ReadAllTextAsync(Path.Combine(Farm.Farm.Data, "farm", "administrator.token"))).Trim();
        string[] others = [$"api_key: {Alice}", $"Cookie: tt={Bob}", "X-Forwarded-Host: x"];
        return [[$"Authorization: {basic}", .. others], [$"Authorization: {bearer}", .. others]];
    }

    private List<(string Method, string Path)> Endpoints() =>
    [
        .. Farm.Farm.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ProtocolName>() is not null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (method, PathOf(endpoint.RoutePattern)))),
        ("POST", SignInAddresses.SignIn), ("POST", SignInAddresses.Register), ("POST", SignInAddresses.SignOut),
    ];

    private string PathOf(RoutePattern route) => "/" + string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => parameter.Name switch
        {
            "userGroupId" => GroupId,
            "workflowId" => Workflow,
            "sha256" or "checksum" => new string('0', 64),
            _ => parameter.ParameterPolicies.Any(policy => policy.Content is "int" or "long") ? "1" : "00000000-0000-4000-8000-000000000000",
        },
        _ => "x",
    }))));

    private async Task AssertNoneFailsAsync(List<(string Name, byte[] Bytes)> requests)
    {
        var failed = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (request, _) =>
        {
            var (status, text) = await RawConnection.AskAsync(Port, request.Bytes);
            // Deadline and flowServ answer 500 to some mistakes, in a sentence that says which.
            var isUnexpected = text.Contains("server error ", StringComparison.Ordinal) || status is 0 || (status >= 500 && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var head && head + 4 >= text.Length);
            if (isUnexpected) failed.Add($"{request.Name}: {status} {text[Math.Max(0, text.Length - 200)..]}");
        });
        Assert.True(failed.IsEmpty, $"{failed.Count} of {requests.Count}:\n{string.Join('\n', failed.Order().Take(30))}");
    }
}
