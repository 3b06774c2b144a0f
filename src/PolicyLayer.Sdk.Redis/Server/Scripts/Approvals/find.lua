-- Finds one by its name. ARGV: the name.
return { 'found', find(ARGV[2]) }
