# Sourced, not run: lets a project outside the tree install what eng/pack.sh has packed.

# use_packages FOLDER: names the packages of FOLDER as a source for the current folder, and sets version to theirs.
use_packages() {
    # A packages folder of its own, so that an earlier copy of the same version is never what is tested.
    export NUGET_PACKAGES="$PWD/packages"
    cat > nuget.config <<XML
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <add key="policylayer-local" value="$1" />
  </packageSources>
</configuration>
XML
    version=$(basename "$1"/PolicyLayer.JsonSchema.*.nupkg .nupkg)
    version=${version#PolicyLayer.JsonSchema.}
}
