using System.Text;
using Farm.Tests.Drills.Fuzz.Grammar;
using Farm.Tests.Drills.Fuzz.Mutations;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>
/// Makes requests: a route of the route table, a valid request for it if one is known, and some mutations. Seed and number decide everything but the
/// ids of what exists.
/// </summary>
internal sealed class RequestGenerator
{
    // Slow hashes take most of the server's time, and find little.
    private const int CostlyPercent = 8;

    private readonly int _seed;
    private readonly Things _things;

    /// <summary>Protocols as often as they have work: pages have many files, which are all alike.</summary>
    private readonly (int Weight, FuzzRoute[] Routes)[] _protocols;
    private readonly Dictionary<FuzzRoute, Sample[]> _samples;

    public RequestGenerator(int seed, IReadOnlyList<FuzzRoute> routes, IReadOnlyList<ProtocolGrammar> grammars, Things things)
    {
        (_seed, _things) = (seed, things);
        _protocols = [.. routes.GroupBy(route => route.Protocol).OrderBy(protocol => protocol.Key, StringComparer.Ordinal).Select(protocol => (protocol.Key.Length == 0 ? 1 : 4, protocol.ToArray()))];
        var samples = grammars.SelectMany(grammar => grammar.Samples.Select(sample => (grammar.Protocol, Sample: sample))).ToList();
        _samples = routes.Distinct().ToDictionary(route => route, route => samples.Where(known => known.Protocol == route.Protocol && route.Matches(known.Sample.Method, known.Sample.Path)).Select(known => known.Sample).ToArray());
    }

    /// <summary>The request with a number.</summary>
    public FuzzRequest Make(int number)
    {
        var random = new Random(unchecked(_seed * 1_000_003 + number));
        var route = random.Pick(PickProtocol(random));
        var samples = _samples[route];
        var sample = samples.Length > 0 && random.Chance(85) ? random.Pick(samples) : null;
        var request = sample is null || (sample.IsCostly && !random.Chance(CostlyPercent)) ? FromRoute(route, number, random) : FromSample(sample, number, random);
        for (var mutations = random.Chance(10) ? 0 : random.Chance(60) ? 1 : random.Next(2, 5); mutations > 0; mutations--) Mutate(request, random);
        return request;
    }

    private FuzzRoute[] PickProtocol(Random random)
    {
        var at = random.Next(_protocols.Sum(protocol => protocol.Weight));
        foreach (var (weight, routes) in _protocols)
        {
            if ((at -= weight) < 0) return routes;
        }

        throw new InvalidOperationException("There are no routes.");
    }

    private FuzzRequest FromSample(Sample sample, int number, Random random)
    {
        var body = sample.IsText ? Encoding.UTF8.GetBytes(_things.Fill(Encoding.UTF8.GetString(sample.Body))) : sample.Body;
        return New(sample.Method, _things.Fill(sample.Path), body, sample.Type, sample.Caller, number, random);
    }

    private FuzzRequest FromRoute(FuzzRoute route, int number, Random random)
    {
        var method = route.Methods.Count > 0 && random.Chance(80) ? random.Pick(route.Methods) : random.Pick(HostileValues.Methods);
        var path = "/" + string.Join('/', route.Segments.Select(segment => segment[0] != '{' ? segment : random.Chance(70) ? Uri.EscapeDataString(_things[random.Pick(_things.Names)]) : random.Pick(HostileValues.Segments)));
        byte[] body = method is "GET" or "HEAD" ? [] :
            [(byte)'{', .. Enumerable.Range(0, random.Next(8)).SelectMany(index => (byte[])[.. Encoding.UTF8.GetBytes($"{(index > 0 ? "," : "")}\"{random.Pick(HostileValues.Names)}\":"), .. random.Pick(HostileValues.Json)]), (byte)'}'];
        return New(method, path, body, body.Length > 0 ? "application/json" : "", random.Pick([.. _things.Credentials.Keys]), number, random);
    }

    private FuzzRequest New(string method, string target, byte[] body, string type, string caller, int number, Random random)
    {
        var by = random.Chance(80) ? caller : random.Pick([.. _things.Credentials.Keys]);
        List<string> headers = ["Host: localhost", .. _things.Credentials[by]];
        if (type.Length > 0) headers.Add($"Content-Type: {type}");
        return new FuzzRequest { Number = number, Method = method, Target = target, Headers = headers, Body = body };
    }

    private void Mutate(FuzzRequest request, Random random)
    {
        switch (random.Next(20))
        {
            case 0:
                request.Method = random.Pick(HostileValues.Methods);
                break;
            case 1 or 2 or 3:
                request.Target = TargetMutations.Mutate(request.Target, random);
                break;
            case 4 or 5:
                MutateHeaders(request, random);
                break;
            case 6:
                request.Framing = random.Pick(Enum.GetValues<Framing>());
                break;
            case 7 when random.Chance(30):
                var seed = random.Next();
                request.MutateHead = head => ByteMutations.Mutate(head, new Random(seed));
                break;
            case 8 when random.Chance(20):
                request.Version = random.Pick(["HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/9", "X", ""]);
                break;
            case 9 or 10:
                request.Body = ByteMutations.Mutate(request.Body, random, request.Target.Contains("configuration", StringComparison.Ordinal) ? HostileValues.Yaml : null);
                break;
            case 11:
                request.Body = Other(random);
                break;
            default:
                var isArchive = request.Target.StartsWith("/api/farm/v1/workflows", StringComparison.Ordinal) && request.Method == "POST";
                request.Body = isArchive ? ArchiveMutations.Build(random) : request.Body is [(byte)'{', ..] or [(byte)'[', ..] ? JsonMutations.Mutate(request.Body, random) : ByteMutations.Mutate(request.Body, random);
                break;
        }
    }

    private static void MutateHeaders(FuzzRequest request, Random random)
    {
        var line = random.Pick(HostileValues.Headers);
        var same = request.Headers.FindIndex(known => known.StartsWith(line.Split(':')[0] + ":", StringComparison.OrdinalIgnoreCase));
        switch (random.Next(5))
        {
            case 0:
                request.Headers.RemoveAt(random.Next(request.Headers.Count));
                if (request.Headers.Count == 0) request.Headers.Add("Host: localhost");
                break;
            case 1:
                request.Headers.Add(random.Pick(request.Headers));
                break;
            default:
                if (same >= 0) request.Headers[same] = line;
                else request.Headers.Add(line);
                break;
        }
    }

    private byte[] Other(Random random) => random.Next(5) switch
    {
        0 => random.Pick(HostileValues.Json),
        1 => Encoding.UTF8.GetBytes($"\"{_things[random.Pick(_things.Names)]}\""),
        2 => random.Pick(HostileValues.Yaml),
        3 => [],
        _ => random.Pick(HostileValues.Bytes),
    };
}
