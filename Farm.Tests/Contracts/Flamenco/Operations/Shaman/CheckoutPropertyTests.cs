using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

public sealed class CheckoutPropertyTests : IDisposable
{
    private static readonly Gen<SampleFile> File =
        from content in Gen.Choose(0, 6)
        from parts in Gen.Resize(Gen.NonEmptyListOf(Gen.Elements("a", "B c", "tex", "ü", "x.blend", "..x", "{y}")), 4)
        select new SampleFile(new string('z', content), string.Join('/', parts));

    private static readonly Gen<SampleFile[]> Files =
        from files in Gen.ListOf(File)
        let chosen = files.DistinctBy(file => file.Path).ToArray()
        where CheckoutRules.WhyNotAllowed([.. chosen.Select(file => file.AsFile)]) is null
        select chosen;

    private readonly ShamanFixture _farm = new();
    private int _checkouts;

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void A_checkout_has_exactly_the_requested_files() => Rule.HoldsFor(
        from files in Files
        from depth in Gen.Choose(0, 3)
        select (files, depth),
        sample =>
        {
            foreach (var file in sample.files) _farm.SendAsync(file).GetAwaiter().GetResult();
            var path = string.Concat(Enumerable.Repeat("deep/", sample.depth)) + $"c{_checkouts++}";

            Assert.Equal(path, _farm.CheckOut(path, sample.files).Path);

            var directory = _farm.InCheckouts(path);
            var found = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(directory, file).Replace('\\', '/'), System.IO.File.ReadAllText);
            Assert.Equal(
                sample.files.ToDictionary(file => file.Path, file => System.Text.Encoding.UTF8.GetString(file.Content)).OrderBy(pair => pair.Key),
                found.OrderBy(pair => pair.Key));
            Assert.Empty(_farm.Unfinished());
        });
}
