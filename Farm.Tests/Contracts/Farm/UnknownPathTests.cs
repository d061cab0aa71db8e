using System.Net;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

public sealed class UnknownPathTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/nothing.tar.gz")]
    [InlineData("GET", "/tasks/a,b/out/frame.png")]
    [InlineData("POST", "/openapi3.json")]
    [InlineData("PROPFIND", "/openapi3.json")]
    public async Task A_path_that_looks_like_a_file_is_refused_in_the_form_of_this_protocol(string method, string path) => Assert.Equal(
        "no such path", await shared.Farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), ArtifactCalls.Root + path)).IsAsync(HttpStatusCode.NotFound));
}
