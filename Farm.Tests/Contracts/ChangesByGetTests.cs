using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Contracts.Aspire;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Contracts;

/// <summary>
/// GET routes that write, of every protocol: the routes come from the route table, and the database tells whether a request wrote, so that a new
/// one is found out. A page of another site makes a browser send a GET with a picture alone.
/// </summary>
public sealed class ChangesByGetTests : FlowServTest
{
    /// <summary>What these write is no change that anybody could want to make: a check of the disk, and results that were read once.</summary>
    private static readonly string[] Harmless = ["/health", "/workflows/{workflowId}/leaderboard"];

    private readonly List<(string Name, string Value)> _people = [];
    private readonly List<string> _ids = [];
    private readonly List<string> _rest = [];
    private string _basic = "";
    private string _bearer = "";

    private TestFarm Server => Farm.Farm;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var run = await SucceededAsync();
        var worker = await Server.AwakeAsync("render");
        var job = await Server.SubmitEchoAsync();
        var task = await worker.TakeAsync();
        _basic = worker.Client.DefaultRequestHeaders.Authorization!.ToString();
        _bearer = "Bearer " + (await File.ReadAllTextAsync(System.IO.Path.Combine(Server.Data, "farm", "administrator.token"))).Trim();

        var lead = await Server.PersonAsync("lead", administrator: true);
        var node = await Server.TrackerWorkerAsync("node");
        var project = await Server.ProjectAsync(lead, "shot");
        await Server.GrantAsync(lead, project, node, "\"assign\":true,\"submit\":true");
        for (var number = 0; number < 20; number++)
            (await Server.CallAsync("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"{{number}}"}""", node)).Good();
        var seed = await Server.FilledAsync(100);

        _people.AddRange([("api_key", Alice), ("X-Worker-ID", $"{node.Worker!.Value.Id}"), ("X-Secret", node.Worker.Value.Secret), ("Cookie", $"tt={lead.Session}")]);
        _ids.AddRange([(string)job["id"]!, (string)task["uuid"]!, worker.Id, run, seed, $"{project}", "1", "2", "x"]);
        _rest.AddRange(["manager/batch", "manager/batch?worker=w", $"manager/release/seed/{seed}", "manager/release/worker/w", "manager/batch/ack/x"]);
    }

    [SqliteFact]
    public async Task Every_GET_route_that_writes_is_marked()
    {
        using var watch = new WriteWatch(Server);
        var routes = Routes(marked: false);
        Assert.True(routes.Count > 60, $"only {routes.Count} routes");
        var wrote = new List<string>();
        foreach (var path in routes.SelectMany(Paths))
        {
            foreach (var authorization in (string[])[_basic, _bearer])
            {
                await SendAsync(path, [("Authorization", authorization), .. _people]);
                if (watch.HasWritten()) wrote.Add(path);
            }
        }

        Assert.True(wrote.Count == 0, $"GET routes that write and are not marked with {nameof(StateChangingGet)}:\n{string.Join('\n', wrote.Distinct())}");
    }

    [SqliteFact]
    public async Task A_page_of_another_site_writes_by_none_of_them_and_a_program_does()
    {
        using var watch = new WriteWatch(Server);
        var routes = Routes(marked: true);
        foreach (var path in routes.SelectMany(Paths))
        {
            // As Chromium requests a script over plain HTTP for a page that says nothing about itself; with the cookie, as it follows a link.
            var status = await SendAsync(path, [("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0"), ("Accept", "*/*"), .. _people]);
            Assert.True(status == HttpStatusCode.Forbidden, $"{path}: {status}");
            Assert.False(watch.HasWritten(), path);
        }

        var wrote = new List<string>();
        foreach (var route in routes.OrderBy(route => route.RoutePattern.RawText!.EndsWith("/logout", StringComparison.Ordinal)))
        {
            var usesSession = route.Metadata.GetMetadata<StateChangingGet>()!.UsesSession;
            foreach (var path in Paths(route))
            {
                await SendAsync(path, [.. _people.Where(header => usesSession || header.Name != "Cookie")]);
                if (watch.HasWritten()) wrote.Add(route.RoutePattern.RawText!.TrimStart('/'));
            }
        }

        string[] expected = ["aspire/_api/{**rest}", "aspire_api/{**rest}", "logout", "manager/promote/{id}", "task/get/{id}"];
        Assert.Equal(expected, expected.Intersect(wrote));
    }

    private List<RouteEndpoint> Routes(bool marked) =>
    [
        .. Server.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(AnswersGet)
            .Where(route => !Harmless.Any(harmless => ("/" + route.RoutePattern.RawText!.TrimStart('/')).EndsWith(harmless, StringComparison.Ordinal)))
            // The others of its path say that a method is not allowed.
            .Where(route => marked || !IsMarked(route.RoutePattern.RawText!))
            .Where(route => marked == route.Metadata.GetMetadata<StateChangingGet>() is not null),
    ];

    private bool IsMarked(string pattern) => Server.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Any(route => route.RoutePattern.RawText == pattern && AnswersGet(route) && route.Metadata.GetMetadata<StateChangingGet>() is not null);

    private static bool AnswersGet(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains(HttpMethods.Get);

    /// <summary>The route with each id of something that exists, and with each of the paths that one endpoint tells apart by itself.</summary>
    private IEnumerable<string> Paths(RouteEndpoint route)
    {
        var parameters = route.RoutePattern.Parameters;
        if (parameters.Count == 0) return [Path(route.RoutePattern, "")];
        return (parameters.Any(parameter => parameter.IsCatchAll) ? _rest.Concat(_ids) : _ids).Select(id => Path(route.RoutePattern, id)).Distinct();
    }

    private string Path(RoutePattern route, string id) => "/" + string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "userGroupId" } => GroupId,
        RoutePatternParameterPart { Name: "workflowId" } => Workflow,
        _ => id,
    }))));

    private async Task<HttpStatusCode> SendAsync(string path, IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    /// <summary>Tells whether anybody has changed the database of a farm, beside the audit, which also has what was refused and who saw a secret.</summary>
    private sealed class WriteWatch : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly List<string> _tables;
        private long _version;
        private string _content;

        public WriteWatch(TestFarm farm)
        {
            _connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(farm.Data, "farm", "farm.db")};Mode=ReadOnly");
            _connection.Open();
            _tables = Texts("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit', 'sqlite_sequence') ORDER BY name");
            (_version, _content) = (Version(), Content());
        }

        /// <summary>Whether there was a change since the last time that this was asked.</summary>
        public bool HasWritten()
        {
            var (version, content) = (_version, _content);
            if ((_version = Version()) == version) return false;
            return (_content = Content()) != content;
        }

        public void Dispose() => _connection.Dispose();

        private long Version() => long.Parse(Texts("PRAGMA data_version")[0], CultureInfo.InvariantCulture);

        private string Content()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var row in _tables.SelectMany(table => Texts($"SELECT * FROM {table}"))) hash.AppendData(Encoding.UTF8.GetBytes(row + "\n"));
            return Convert.ToHexString(hash.GetHashAndReset());
        }

        private List<string> Texts(string query)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = query;
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) is byte[] bytes
                    ? Convert.ToHexString(bytes)
                    : $"{reader.GetValue(column)}")));
            }

            return rows;
        }
    }
}
