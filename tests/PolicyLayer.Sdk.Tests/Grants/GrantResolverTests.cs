using System.Security.Claims;

namespace PolicyLayer.Sdk.Tests.Grants;

public sealed class GrantResolverTests
{
    [Fact]
    public async Task Fixed_answers_its_grant_whoever_asks()
    {
        var grant = new Grant("alice");
        Assert.Same(grant, await FindAsync(GrantResolvers.Fixed(grant)));
        Assert.Equal(GrantResolvers.Fixed(grant), GrantResolvers.Fixed(grant));
        Assert.NotEqual(GrantResolvers.Fixed(grant), GrantResolvers.Fixed(new Grant("alice")));
    }

    [Theory]
    [InlineData("alice", "sub=alice")]
    [InlineData("alice", "sub=alice", "sub=alice", "name=bob")]
    [InlineData(null, "name=alice")]
    [InlineData(null, "SUB=alice")]
    [InlineData(null, "sub=")]
    [InlineData(null, "sub=alice", "sub=bob")]
    public async Task FromClaim_takes_one_claim_and_guesses_nothing(string? expected, params string[] claims)
    {
        ClaimsIdentity identity = Identity(claims, "test");
        Assert.Equal(expected, (await FindAsync(GrantResolvers.FromClaim("sub"), new ClaimsPrincipal(identity)))?.Id);
    }

    [Fact]
    public async Task FromClaim_believes_no_identity_that_nobody_authenticated()
    {
        IGrantResolver resolver = GrantResolvers.FromClaim("sub");
        Assert.Null(await FindAsync(resolver));
        Assert.Null(await FindAsync(resolver, new ClaimsPrincipal(Identity(["sub=alice"], null))));
        Assert.Equal("bob", (await FindAsync(resolver, new ClaimsPrincipal([Identity(["sub=alice"], null), Identity(["sub=bob"], "test")])))?.Id);
    }

    [Theory]
    [InlineData("Bearer abc", "alice")]
    [InlineData("bearer abc", "alice")]
    [InlineData("Bearer ABC", null)]
    [InlineData("Bearer abcd", null)]
    [InlineData("Bearer ", null)]
    [InlineData("Basic abc", null)]
    [InlineData("abc", null)]
    [InlineData("Bearer abc, Bearer def", null)]
    [InlineData(null, null)]
    public async Task FromBearerToken_knows_exact_tokens_alone(string? header, string? grant)
    {
        IGrantResolver resolver = GrantResolvers.FromBearerToken(_ => header, new Dictionary<string, Grant> { ["abc"] = new("alice"), ["def"] = new("bob") });
        Assert.Equal(grant, (await FindAsync(resolver))?.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    public void FromBearerToken_refuses_a_token_that_no_header_carries(string token) =>
        Assert.Throws<ArgumentException>(() => GrantResolvers.FromBearerToken(static _ => null, new Dictionary<string, Grant> { [token] = Grant.Default }));

    [Fact]
    public async Task FindGrantAsync_lets_only_cancellation_out()
    {
        using var stop = new CancellationTokenSource();
        Assert.Null(await GrantResolvers.FindGrantAsync(new Failing(), default, stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => GrantResolvers.FindGrantAsync(new Failing(), default, stop.Token).AsTask());
        Assert.Same(Grant.Default, await GrantResolvers.FindGrantAsync(null, default, TestContext.Current.CancellationToken));
    }

    private static ValueTask<Grant?> FindAsync(IGrantResolver resolver, ClaimsPrincipal? user = null) =>
        GrantResolvers.FindGrantAsync(resolver, new GrantRequest(user, null), TestContext.Current.CancellationToken);

    private static ClaimsIdentity Identity(string[] claims, string? authentication) =>
        new(claims.Select(static claim => new Claim(claim[..claim.IndexOf('=', StringComparison.Ordinal)], claim[(claim.IndexOf('=', StringComparison.Ordinal) + 1)..])), authentication);

    private sealed class Failing : IGrantResolver
    {
        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => throw new OperationCanceledException();
    }
}
