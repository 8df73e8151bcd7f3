# `make map` and `make test` need Python 3.11 or newer, make and a C compiler; all else they fetch, locked.

WEB := layers/web

.PHONY: page check-web test-web

page: $(WEB)/node_modules/.package-lock.json ## rebuild the page's script and styles only
	cd $(WEB) && node build.mjs

check-web: $(WEB)/node_modules/.package-lock.json ## type-check the page's TypeScript
	cd $(WEB) && node node_modules/typescript/bin/tsc --noEmit

test-web: $(WEB)/node_modules/.package-lock.json ## unit tests of the page's TypeScript
	cd $(WEB) && node build.mjs --test

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json
	cd $(WEB) && npm ci --ignore-scripts --no-audit --no-fund
	touch $@
