var __defProp = Object.defineProperty;
var __export = (target2, all2) => {
  for (var name3 in all2)
    __defProp(target2, name3, { get: all2[name3], enumerable: true });
};

// worker/index.ts
import { env } from "cloudflare:workers";

// node_modules/hono/dist/http-exception.js
var HTTPException = class extends Error {
  res;
  status;
  /**
  * Creates an instance of `HTTPException`.
  * @param status - HTTP status code for the exception. Defaults to 500.
  * @param options - Additional options for the exception.
  */
  constructor(status = 500, options) {
    super(options?.message, { cause: options?.cause });
    this.res = options?.res;
    this.status = status;
  }
  /**
  * Returns the response object associated with the exception.
  * If a response object is not provided, a new response is created with the error message and status code.
  * @returns The response object.
  */
  getResponse() {
    if (this.res) return new Response(this.res.body, {
      status: this.status,
      headers: this.res.headers
    });
    return new Response(this.message, { status: this.status });
  }
};

// node_modules/hono/dist/request/constants.js
var GET_MATCH_RESULT = /* @__PURE__ */ Symbol();

// node_modules/hono/dist/utils/buffer.js
var bufferToFormData = (arrayBuffer, contentType) => {
  return new Response(arrayBuffer, { headers: { "Content-Type": contentType.replace(/^[^;]+/, (mediaType) => mediaType.toLowerCase()) } }).formData();
};

// node_modules/hono/dist/utils/body.js
var MAX_NESTED_OBJECTS = 1e4;
var isRawRequest = (request2) => "headers" in request2;
var parseBody = async (request2, options = /* @__PURE__ */ Object.create(null)) => {
  const { all: all2 = false, dot = false } = options;
  const mediaType = (isRawRequest(request2) ? request2.headers : request2.raw.headers).get("Content-Type")?.split(";")[0].trim().toLowerCase();
  if (mediaType === "multipart/form-data" || mediaType === "application/x-www-form-urlencoded") return parseFormData(request2, {
    all: all2,
    dot
  });
  return {};
};
async function parseFormData(request2, options) {
  if (!isRawRequest(request2) && request2.bodyCache.formData) return convertFormDataToBodyData(await request2.bodyCache.formData, options);
  const headers = isRawRequest(request2) ? request2.headers : request2.raw.headers;
  const arrayBuffer = await request2.arrayBuffer();
  const formDataPromise = bufferToFormData(arrayBuffer, headers.get("Content-Type") || "");
  if (!isRawRequest(request2)) request2.bodyCache.formData = formDataPromise;
  const formData = await formDataPromise;
  if (formData) return convertFormDataToBodyData(formData, options);
  return {};
}
function convertFormDataToBodyData(formData, options) {
  const form = /* @__PURE__ */ Object.create(null);
  const nestingState = { count: 0 };
  formData.forEach((value, key) => {
    if (!(options.all || key.endsWith("[]"))) form[key] = value;
    else handleParsingAllValues(form, key, value);
  });
  if (options.dot) Object.entries(form).forEach(([key, value]) => {
    if (key.includes(".")) {
      handleParsingNestedValues(form, key, value, nestingState);
      delete form[key];
    }
  });
  return form;
}
var handleParsingAllValues = (form, key, value) => {
  if (form[key] !== void 0) {
    if (Array.isArray(form[key])) form[key].push(value);
    else form[key] = [form[key], value];
  } else if (!key.endsWith("[]")) form[key] = value;
  else form[key] = [value];
};
var handleParsingNestedValues = (form, key, value, state) => {
  if (/(?:^|\.)__proto__\./.test(key)) return;
  let nestedForm = form;
  const keys = key.split(".", 34);
  if (keys.length > 33) throwNestingLimitExceeded();
  keys.forEach((key2, index) => {
    if (index === keys.length - 1) nestedForm[key2] = value;
    else {
      if (!nestedForm[key2] || typeof nestedForm[key2] !== "object" || Array.isArray(nestedForm[key2]) || nestedForm[key2] instanceof File) {
        if (state.count++ >= MAX_NESTED_OBJECTS) throwNestingLimitExceeded();
        nestedForm[key2] = /* @__PURE__ */ Object.create(null);
      }
      nestedForm = nestedForm[key2];
    }
  });
};
var throwNestingLimitExceeded = () => {
  throw new Error("Nesting limit exceeded");
};

// node_modules/hono/dist/utils/url.js
var splitPath = (path) => {
  const paths = path.split("/");
  if (paths[0] === "") paths.shift();
  return paths;
};
var splitRoutingPath = (routePath2) => {
  const { groups, path } = extractGroupsFromPath(routePath2);
  const paths = splitPath(path);
  return replaceGroupMarks(paths, groups);
};
var extractGroupsFromPath = (path) => {
  const groups = [];
  path = path.replace(/\{[^}]+\}/g, (match2, index) => {
    const mark = `@${index}`;
    groups.push([mark, match2]);
    return mark;
  });
  return {
    groups,
    path
  };
};
var replaceGroupMarks = (paths, groups) => {
  for (let i = groups.length - 1; i >= 0; i--) {
    const [mark] = groups[i];
    for (let j = paths.length - 1; j >= 0; j--) if (paths[j].includes(mark)) {
      paths[j] = paths[j].replace(mark, groups[i][1]);
      break;
    }
  }
  return paths;
};
var patternCache = {};
var getPattern = (label, next) => {
  if (label === "*") return "*";
  const match2 = label.match(/^\:([^\{\}]+)(?:\{(.+)\})?$/);
  if (match2) {
    const cacheKey = `${label}#${next}`;
    if (!patternCache[cacheKey]) {
      if (match2[2]) patternCache[cacheKey] = next && next[0] !== ":" && next[0] !== "*" ? [
        cacheKey,
        match2[1],
        new RegExp(`^${match2[2]}(?=/${next})`)
      ] : [
        label,
        match2[1],
        new RegExp(`^${match2[2]}$`)
      ];
      else patternCache[cacheKey] = [
        label,
        match2[1],
        true
      ];
    }
    return patternCache[cacheKey];
  }
  return null;
};
var tryDecode = (str, decoder2) => {
  try {
    return decoder2(str);
  } catch {
    return str.replace(/(?:%[0-9A-Fa-f]{2})+/g, (match2) => {
      try {
        return decoder2(match2);
      } catch {
        return match2;
      }
    });
  }
};
var decodeURIWithPreservedPercent = (value) => decodeURI(value.includes("%25") ? value.replace(/%25/g, "%2525") : value);
var getPath = (request2) => {
  const url2 = request2.url;
  const start = url2.indexOf("/", url2.indexOf(":") + 4);
  let i = start;
  for (; i < url2.length; i++) {
    const charCode = url2.charCodeAt(i);
    if (charCode === 37) {
      const queryIndex = url2.indexOf("?", i);
      const hashIndex = url2.indexOf("#", i);
      const end = queryIndex === -1 ? hashIndex === -1 ? void 0 : hashIndex : hashIndex === -1 ? queryIndex : Math.min(queryIndex, hashIndex);
      const path = url2.slice(start, end);
      const decoded2 = tryDecode(path, decodeURIWithPreservedPercent);
      if (/%(?![0-9A-Fa-f]{2})/.test(path)) {
        const rewritten = new URL("http://localhost");
        rewritten.pathname = decoded2.replace(/[\\\t\n\r]/g, encodeURIComponent);
        if (tryDecode(rewritten.pathname, decodeURIWithPreservedPercent) !== decoded2) return tryDecode(path.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"), decodeURIWithPreservedPercent);
      }
      return decoded2;
    } else if (charCode === 63 || charCode === 35) break;
  }
  return url2.slice(start, i);
};
var getPathNoStrict = (request2) => {
  const result = getPath(request2);
  return result.length > 1 && result.at(-1) === "/" ? result.slice(0, -1) : result;
};
var mergePath = (base, sub, ...rest) => {
  if (rest.length) sub = mergePath(sub, ...rest);
  return `${base?.[0] === "/" ? "" : "/"}${base}${sub === "/" ? "" : `${base?.at(-1) === "/" ? "" : "/"}${sub?.[0] === "/" ? sub.slice(1) : sub}`}`;
};
var checkOptionalParameter = (path) => {
  if (path.charCodeAt(path.length - 1) !== 63 || !path.includes(":")) return null;
  const segments = path.split("/");
  const results = [];
  let basePath = "";
  segments.forEach((segment) => {
    if (segment !== "" && !/\:/.test(segment)) basePath += "/" + segment;
    else if (/\:/.test(segment)) {
      if (segment.charCodeAt(segment.length - 1) === 63) {
        if (results.length === 0 && basePath === "") results.push("/");
        else results.push(basePath);
        const optionalSegment = segment.slice(0, -1);
        basePath += "/" + optionalSegment;
        results.push(basePath);
      } else basePath += "/" + segment;
    }
  });
  return results.filter((v, i, a) => a.indexOf(v) === i);
};
var tryDecodeURIComponent = (str) => str.indexOf("%") !== -1 ? tryDecode(str, decodeURIComponent_) : str;
var _decodeURI = (value) => {
  if (value.indexOf("+") !== -1) value = value.replace(/\+/g, " ");
  return tryDecodeURIComponent(value);
};
var _getQueryParam = (url2, key, multiple) => {
  const hashIndex = url2.indexOf("#", 8);
  if (hashIndex !== -1) url2 = url2.slice(0, hashIndex);
  let encoded;
  if (!multiple && key && !/[%+&=]/.test(key)) {
    const queryIndex = url2.indexOf("?", 8);
    let keyIndex2 = queryIndex;
    if (keyIndex2 === -1) return;
    if (!url2.startsWith(key, keyIndex2 + 1)) keyIndex2 = url2.indexOf(`&${key}`, keyIndex2 + 1);
    while (keyIndex2 !== -1) {
      const trailingKeyCode = url2.charCodeAt(keyIndex2 + key.length + 1);
      if (trailingKeyCode === 61 || trailingKeyCode === 38 || isNaN(trailingKeyCode)) {
        if (keyIndex2 > queryIndex && /(?:^|&)[^=&]*[%+]/.test(url2.slice(queryIndex + 1, keyIndex2))) break;
        if (trailingKeyCode === 61) {
          const valueIndex = keyIndex2 + key.length + 2;
          const endIndex = url2.indexOf("&", valueIndex);
          return _decodeURI(url2.slice(valueIndex, endIndex === -1 ? void 0 : endIndex));
        }
        return "";
      }
      keyIndex2 = url2.indexOf(`&${key}`, keyIndex2 + 1);
    }
    encoded = /[%+]/.test(url2);
    if (!encoded) return;
  }
  const results = /* @__PURE__ */ Object.create(null);
  encoded ??= /[%+]/.test(url2);
  let keyIndex = url2.indexOf("?", 8);
  while (keyIndex !== -1) {
    const nextKeyIndex = url2.indexOf("&", keyIndex + 1);
    let valueIndex = url2.indexOf("=", keyIndex);
    if (valueIndex > nextKeyIndex && nextKeyIndex !== -1) valueIndex = -1;
    let name3 = url2.slice(keyIndex + 1, valueIndex === -1 ? nextKeyIndex === -1 ? void 0 : nextKeyIndex : valueIndex);
    if (encoded) name3 = _decodeURI(name3);
    keyIndex = nextKeyIndex;
    if (name3 === "") continue;
    let value;
    if (valueIndex === -1) value = "";
    else {
      value = url2.slice(valueIndex + 1, nextKeyIndex === -1 ? void 0 : nextKeyIndex);
      if (encoded) value = _decodeURI(value);
    }
    if (multiple) {
      if (!(results[name3] && Array.isArray(results[name3]))) results[name3] = [];
      results[name3].push(value);
    } else results[name3] ??= value;
  }
  return key ? results[key] : results;
};
var getQueryParam = _getQueryParam;
var getQueryParams = (url2, key) => {
  return _getQueryParam(url2, key, true);
};
var decodeURIComponent_ = decodeURIComponent;

// node_modules/hono/dist/request.js
var HonoRequest = class {
  /**
  * `.raw` can get the raw Request object.
  *
  * @see {@link https://hono.dev/docs/api/request#raw}
  *
  * @example
  * ```ts
  * // For Cloudflare Workers
  * app.post('/', async (c) => {
  *   const metadata = c.req.raw.cf?.hostMetadata?
  *   ...
  * })
  * ```
  */
  raw;
  #validatedData;
  #matchResult;
  routeIndex = 0;
  /**
  * `.path` can get the pathname of the request.
  *
  * @see {@link https://hono.dev/docs/api/request#path}
  *
  * @example
  * ```ts
  * app.get('/about/me', (c) => {
  *   const pathname = c.req.path // `/about/me`
  * })
  * ```
  */
  path;
  bodyCache = {};
  constructor(request2, path = "/", matchResult = [[]]) {
    this.raw = request2;
    this.path = path;
    this.#matchResult = matchResult;
  }
  param(key) {
    return key ? this.#getDecodedParam(key) : this.#getAllDecodedParams();
  }
  #getDecodedParam(key) {
    const paramKey = this.#matchResult[0][this.routeIndex]?.[1][key];
    const param = this.#getParamValue(paramKey);
    return param && tryDecodeURIComponent(param);
  }
  #getAllDecodedParams() {
    const decoded2 = {};
    const keys = Object.keys(this.#matchResult[0][this.routeIndex]?.[1] ?? {});
    for (const key of keys) {
      const value = this.#getParamValue(this.#matchResult[0][this.routeIndex][1][key]);
      if (value !== void 0) decoded2[key] = tryDecodeURIComponent(value);
    }
    return decoded2;
  }
  #getParamValue(paramKey) {
    return this.#matchResult[1] ? this.#matchResult[1][paramKey] : paramKey;
  }
  query(key) {
    return getQueryParam(this.url, key);
  }
  queries(key) {
    return getQueryParams(this.url, key);
  }
  header(name3) {
    if (name3) return this.raw.headers.get(name3) ?? void 0;
    const headerData = /* @__PURE__ */ Object.create(null);
    this.raw.headers.forEach((value, key) => {
      headerData[key] = value;
    });
    return headerData;
  }
  async parseBody(options) {
    return parseBody(this, options);
  }
  #cachedBody = (key) => {
    const { bodyCache, raw: raw2 } = this;
    const cachedBody = bodyCache[key];
    if (cachedBody) return cachedBody;
    for (const anyCachedKey in bodyCache) return bodyCache[anyCachedKey].then((body) => {
      if (anyCachedKey === "json") body = JSON.stringify(body);
      const contentType = anyCachedKey === "formData" ? void 0 : raw2.headers.get("content-type");
      return new Response(body, { headers: contentType ? { "Content-Type": contentType } : void 0 })[key]();
    });
    return bodyCache[key] = raw2[key]();
  };
  /**
  * `.json()` can parse Request body of type `application/json`
  *
  * @see {@link https://hono.dev/docs/api/request#json}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.json()
  * })
  * ```
  */
  json() {
    return this.#cachedBody("text").then((text8) => JSON.parse(text8));
  }
  /**
  * `.text()` can parse Request body of type `text/plain`
  *
  * @see {@link https://hono.dev/docs/api/request#text}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.text()
  * })
  * ```
  */
  text() {
    return this.#cachedBody("text");
  }
  /**
  * `.arrayBuffer()` parse Request body as an `ArrayBuffer`
  *
  * @see {@link https://hono.dev/docs/api/request#arraybuffer}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.arrayBuffer()
  * })
  * ```
  */
  arrayBuffer() {
    return this.#cachedBody("arrayBuffer");
  }
  /**
  * `.bytes()` parses the request body as a `Uint8Array`.
  *
  * @see {@link https://hono.dev/docs/api/request#bytes}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.bytes()
  * })
  * ```
  */
  bytes() {
    return this.#cachedBody("arrayBuffer").then((buffer) => new Uint8Array(buffer));
  }
  /**
  * Parses the request body as a `Blob`.
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.blob();
  * });
  * ```
  * @see https://hono.dev/docs/api/request#blob
  */
  blob() {
    return this.#cachedBody("blob");
  }
  /**
  * Parses the request body as `FormData`.
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.formData();
  * });
  * ```
  * @see https://hono.dev/docs/api/request#formdata
  */
  formData() {
    return this.#cachedBody("formData");
  }
  /**
  * Adds validated data to the request.
  *
  * @param target - The target of the validation.
  * @param data - The validated data to add.
  */
  addValidatedData(target2, data) {
    (this.#validatedData ??= {})[target2] = data;
  }
  valid(target2) {
    return this.#validatedData?.[target2];
  }
  /**
  * `.url` can get the request url strings.
  *
  * @see {@link https://hono.dev/docs/api/request#url}
  *
  * @example
  * ```ts
  * app.get('/about/me', (c) => {
  *   const url = c.req.url // `http://localhost:8787/about/me`
  *   ...
  * })
  * ```
  */
  get url() {
    return this.raw.url;
  }
  /**
  * `.method` can get the method name of the request.
  *
  * @see {@link https://hono.dev/docs/api/request#method}
  *
  * @example
  * ```ts
  * app.get('/about/me', (c) => {
  *   const method = c.req.method // `GET`
  * })
  * ```
  */
  get method() {
    return this.raw.method;
  }
  get [GET_MATCH_RESULT]() {
    return this.#matchResult;
  }
  /**
  * `.matchedRoutes` can return a matched route in the handler
  *
  * @deprecated
  *
  * Use matchedRoutes helper defined in "hono/route" instead.
  *
  * @see {@link https://hono.dev/docs/api/request#matchedroutes}
  *
  * @example
  * ```ts
  * app.use('*', async function logger(c, next) {
  *   await next()
  *   c.req.matchedRoutes.forEach(({ handler, method, path }, i) => {
  *     const name = handler.name || (handler.length < 2 ? '[handler]' : '[middleware]')
  *     console.log(
  *       method,
  *       ' ',
  *       path,
  *       ' '.repeat(Math.max(10 - path.length, 0)),
  *       name,
  *       i === c.req.routeIndex ? '<- respond from here' : ''
  *     )
  *   })
  * })
  * ```
  */
  get matchedRoutes() {
    return this.#matchResult[0].map(([[, route]]) => route);
  }
  /**
  * `.routePath` can retrieve the path registered within the handler
  *
  * @deprecated
  *
  * Use routePath helper defined in "hono/route" instead.
  *
  * @see {@link https://hono.dev/docs/api/request#routepath}
  *
  * @example
  * ```ts
  * app.get('/posts/:id', (c) => {
  *   return c.json({ path: c.req.routePath })
  * })
  * ```
  */
  get routePath() {
    return this.#matchResult[0].map(([[, route]]) => route)[this.routeIndex].path;
  }
};

// node_modules/hono/dist/utils/html.js
var HtmlEscapedCallbackPhase = {
  Stringify: 1,
  BeforeStream: 2,
  Stream: 3
};
var raw = (value, callbacks) => {
  const escapedString = new String(value);
  escapedString.isEscaped = true;
  escapedString.callbacks = callbacks;
  return escapedString;
};
var resolveCallback = async (str, phase, preserveCallbacks, context, buffer) => {
  if (typeof str === "object" && !(str instanceof String)) {
    if (!(str instanceof Promise)) str = str.toString();
    if (str instanceof Promise) str = await str;
  }
  const callbacks = str.callbacks;
  if (!callbacks?.length) return Promise.resolve(str);
  if (buffer) buffer[0] += str;
  else buffer = [str];
  const resStr = Promise.all(callbacks.map((c) => c({
    phase,
    buffer,
    context
  }))).then((res) => Promise.all(res.filter(Boolean).map((str2) => resolveCallback(str2, phase, false, context, buffer))).then(() => buffer[0]));
  if (preserveCallbacks) return raw(await resStr, callbacks);
  else return resStr;
};

// node_modules/hono/dist/context.js
var TEXT_PLAIN = "text/plain; charset=UTF-8";
var setDefaultContentType = (contentType, headers) => {
  return {
    "Content-Type": contentType,
    ...headers
  };
};
var createResponseInstance = (body, init) => new Response(body, init);
var Context = class {
  #rawRequest;
  #req;
  /**
  * `.env` can get bindings (environment variables, secrets, KV namespaces, D1 database, R2 bucket etc.) in Cloudflare Workers.
  *
  * @see {@link https://hono.dev/docs/api/context#env}
  *
  * @example
  * ```ts
  * // Environment object for Cloudflare Workers
  * app.get('*', async c => {
  *   const counter = c.env.COUNTER
  * })
  * ```
  */
  env = {};
  #var;
  finalized = false;
  /**
  * `.error` can get the error object from the middleware if the Handler throws an error.
  *
  * @see {@link https://hono.dev/docs/api/context#error}
  *
  * @example
  * ```ts
  * app.use('*', async (c, next) => {
  *   await next()
  *   if (c.error) {
  *     // do something...
  *   }
  * })
  * ```
  */
  error;
  #status;
  #executionCtx;
  #res;
  #layout;
  #renderer;
  #notFoundHandler;
  #preparedHeaders;
  #matchResult;
  #path;
  /**
  * Creates an instance of the Context class.
  *
  * @param req - The Request object.
  * @param options - Optional configuration options for the context.
  */
  constructor(req, options) {
    this.#rawRequest = req;
    if (options) {
      this.#executionCtx = options.executionCtx;
      this.env = options.env;
      this.#notFoundHandler = options.notFoundHandler;
      this.#path = options.path;
      this.#matchResult = options.matchResult;
    }
  }
  /**
  * `.req` is the instance of {@link HonoRequest}.
  */
  get req() {
    this.#req ??= new HonoRequest(this.#rawRequest, this.#path, this.#matchResult);
    return this.#req;
  }
  /**
  * @see {@link https://hono.dev/docs/api/context#event}
  * The FetchEvent associated with the current request.
  *
  * @throws Will throw an error if the context does not have a FetchEvent.
  */
  get event() {
    if (this.#executionCtx && "respondWith" in this.#executionCtx) return this.#executionCtx;
    else throw Error("This context has no FetchEvent");
  }
  /**
  * @see {@link https://hono.dev/docs/api/context#executionctx}
  * The ExecutionContext associated with the current request.
  *
  * @throws Will throw an error if the context does not have an ExecutionContext.
  */
  get executionCtx() {
    if (this.#executionCtx) return this.#executionCtx;
    else throw Error("This context has no ExecutionContext");
  }
  /**
  * @see {@link https://hono.dev/docs/api/context#res}
  * The Response object for the current request.
  */
  get res() {
    return this.#res ||= createResponseInstance(null, { headers: this.#preparedHeaders ??= new Headers() });
  }
  /**
  * Sets the Response object for the current request.
  *
  * @param _res - The Response object to set.
  */
  set res(_res) {
    if (this.#res && _res) {
      _res = createResponseInstance(_res.body, _res);
      for (const [k, v] of this.#res.headers.entries()) {
        if (k === "content-type") continue;
        if (k === "set-cookie") {
          const cookies = this.#res.headers.getSetCookie();
          _res.headers.delete("set-cookie");
          for (const cookie of cookies) _res.headers.append("set-cookie", cookie);
        } else _res.headers.set(k, v);
      }
    }
    this.#res = _res;
    this.finalized = true;
  }
  /**
  * `.render()` can create a response within a layout.
  *
  * @see {@link https://hono.dev/docs/api/context#render-setrenderer}
  *
  * @example
  * ```ts
  * app.get('/', (c) => {
  *   return c.render('Hello!')
  * })
  * ```
  */
  render = (...args) => {
    this.#renderer ??= (content) => this.html(content);
    return this.#renderer(...args);
  };
  /**
  * Sets the layout for the response.
  *
  * @param layout - The layout to set.
  * @returns The layout function.
  */
  setLayout = (layout) => this.#layout = layout;
  /**
  * Gets the current layout for the response.
  *
  * @returns The current layout function.
  */
  getLayout = () => this.#layout;
  /**
  * `.setRenderer()` can set the layout in the custom middleware.
  *
  * @see {@link https://hono.dev/docs/api/context#render-setrenderer}
  *
  * @example
  * ```tsx
  * app.use('*', async (c, next) => {
  *   c.setRenderer((content) => {
  *     return c.html(
  *       <html>
  *         <body>
  *           <p>{content}</p>
  *         </body>
  *       </html>
  *     )
  *   })
  *   await next()
  * })
  * ```
  */
  setRenderer = (renderer) => {
    this.#renderer = renderer;
  };
  /**
  * `.header()` can set headers.
  *
  * @see {@link https://hono.dev/docs/api/context#header}
  *
  * @example
  * ```ts
  * app.get('/welcome', (c) => {
  *   // Set headers
  *   c.header('X-Message', 'Hello!')
  *   c.header('Content-Type', 'text/plain')
  *
  *   // Append multiple headers using the append option (e.g. Vary)
  *   c.header('Vary', 'Accept-Encoding', { append: true })
  *   c.header('Vary', 'User-Agent', { append: true })
  *
  *   return c.body('Thank you for coming')
  * })
  * ```
  */
  header = (name3, value, options) => {
    if (this.finalized && !this.#res.bodyUsed) this.#res = createResponseInstance(this.#res.body, this.#res);
    const headers = this.#res ? this.#res.headers : this.#preparedHeaders ??= new Headers();
    if (value === void 0) headers.delete(name3);
    else if (options?.append) headers.append(name3, value);
    else headers.set(name3, value);
  };
  status = (status) => {
    this.#status = status;
  };
  /**
  * `.set()` can set the value specified by the key.
  *
  * @see {@link https://hono.dev/docs/api/context#set-get}
  *
  * @example
  * ```ts
  * app.use('*', async (c, next) => {
  *   c.set('message', 'Hono is hot!!')
  *   await next()
  * })
  * ```
  */
  set = (key, value) => {
    this.#var ??= /* @__PURE__ */ new Map();
    this.#var.set(key, value);
  };
  /**
  * `.get()` can use the value specified by the key.
  *
  * @see {@link https://hono.dev/docs/api/context#set-get}
  *
  * @example
  * ```ts
  * app.get('/', (c) => {
  *   const message = c.get('message')
  *   return c.text(`The message is "${message}"`)
  * })
  * ```
  */
  get = (key) => {
    return this.#var ? this.#var.get(key) : void 0;
  };
  /**
  * `.var` can access the value of a variable.
  *
  * @see {@link https://hono.dev/docs/api/context#var}
  *
  * @example
  * ```ts
  * const result = c.var.client.oneMethod()
  * ```
  */
  get var() {
    if (!this.#var) return {};
    return Object.fromEntries(this.#var);
  }
  #newResponse(data, arg, headers) {
    let responseHeaders = this.#res ? new Headers(this.#res.headers) : this.#preparedHeaders;
    if (typeof arg === "object" && arg.headers) {
      responseHeaders ??= new Headers();
      for (const [key, value] of new Headers(arg.headers)) if (key === "set-cookie") responseHeaders.append(key, value);
      else responseHeaders.set(key, value);
    }
    if (headers) {
      if (!responseHeaders) {
        let count4 = 0;
        for (const k in headers) if (++count4 > 1 || typeof headers[k] !== "string") {
          responseHeaders = new Headers();
          break;
        }
      }
      if (responseHeaders) for (const k in headers) {
        const v = headers[k];
        if (typeof v === "string") responseHeaders.set(k, v);
        else {
          responseHeaders.delete(k);
          for (const v2 of v) responseHeaders.append(k, v2);
        }
      }
    }
    const status = typeof arg === "number" ? arg : arg?.status ?? this.#status;
    return createResponseInstance(data, {
      status,
      headers: responseHeaders ?? headers
    });
  }
  newResponse = (...args) => this.#newResponse(...args);
  /**
  * `.body()` can return the HTTP response.
  * You can set headers with `.header()` and set HTTP status code with `.status`.
  * This can also be set in `.text()`, `.json()` and so on.
  *
  * @see {@link https://hono.dev/docs/api/context#body}
  *
  * @example
  * ```ts
  * app.get('/welcome', (c) => {
  *   // Set headers
  *   c.header('X-Message', 'Hello!')
  *   c.header('Content-Type', 'text/plain')
  *   // Set HTTP status code
  *   c.status(201)
  *
  *   // Return the response body
  *   return c.body('Thank you for coming')
  * })
  * ```
  */
  body = (data, arg, headers) => this.#newResponse(data, arg, headers);
  /**
  * `.text()` can render text as `Content-Type:text/plain`.
  *
  * @see {@link https://hono.dev/docs/api/context#text}
  *
  * @example
  * ```ts
  * app.get('/say', (c) => {
  *   return c.text('Hello!')
  * })
  * ```
  */
  text = (text8, arg, headers) => {
    return !this.#preparedHeaders && !this.#status && !arg && !headers && !this.finalized ? new Response(text8) : this.#newResponse(text8, arg, setDefaultContentType(TEXT_PLAIN, headers));
  };
  /**
  * `.json()` can render JSON as `Content-Type:application/json`.
  *
  * @see {@link https://hono.dev/docs/api/context#json}
  *
  * @example
  * ```ts
  * app.get('/api', (c) => {
  *   return c.json({ message: 'Hello!' })
  * })
  * ```
  */
  json = (object2, arg, headers) => {
    return this.#newResponse(JSON.stringify(object2), arg, setDefaultContentType("application/json", headers));
  };
  html = (html, arg, headers) => {
    const res = (html2) => this.#newResponse(html2, arg, setDefaultContentType("text/html; charset=UTF-8", headers));
    return typeof html === "object" ? resolveCallback(html, HtmlEscapedCallbackPhase.Stringify, false, {}).then(res) : res(html);
  };
  /**
  * `.redirect()` can Redirect, default status code is 302.
  *
  * @see {@link https://hono.dev/docs/api/context#redirect}
  *
  * @example
  * ```ts
  * app.get('/redirect', (c) => {
  *   return c.redirect('/')
  * })
  * app.get('/redirect-permanently', (c) => {
  *   return c.redirect('/', 301)
  * })
  * ```
  */
  redirect = (location, status) => {
    const locationString = String(location);
    this.header("Location", !/[^\x00-\xFF]/.test(locationString) ? locationString : encodeURI(locationString));
    return this.newResponse(null, status ?? 302);
  };
  /**
  * `.notFound()` can return the Not Found Response.
  *
  * @see {@link https://hono.dev/docs/api/context#notfound}
  *
  * @example
  * ```ts
  * app.get('/notfound', (c) => {
  *   return c.notFound()
  * })
  * ```
  */
  notFound = () => {
    this.#notFoundHandler ??= () => createResponseInstance();
    return this.#notFoundHandler(this);
  };
};

// node_modules/hono/dist/compose.js
var compose = (middleware, onError, onNotFound) => {
  return (context, next) => {
    let index = -1;
    return dispatch(0);
    async function dispatch(i) {
      if (i <= index) throw new Error("next() called multiple times");
      index = i;
      let res;
      let isError = false;
      let handler;
      if (middleware[i]) {
        handler = middleware[i][0][0];
        context.req.routeIndex = i;
      } else handler = i === middleware.length && next || void 0;
      if (handler) try {
        res = await handler(context, () => dispatch(i + 1));
      } catch (err2) {
        if (err2 instanceof Error && onError) {
          context.error = err2;
          res = await onError(err2, context);
          isError = true;
        } else throw err2;
      }
      else if (context.finalized === false && onNotFound) res = await onNotFound(context);
      if (res && (context.finalized === false || isError)) context.res = res;
      return context;
    }
  };
};

// node_modules/hono/dist/helper/route/index.js
var matchedRoutes = (c) => c.req[GET_MATCH_RESULT][0].map(([[, route]]) => route);
var routePath = (c, index) => matchedRoutes(c).at(index ?? c.req.routeIndex)?.path ?? "";

// node_modules/hono/dist/router.js
var METHODS = [
  "get",
  "post",
  "put",
  "delete",
  "options",
  "patch",
  "query"
];
var MESSAGE_MATCHER_IS_ALREADY_BUILT = "Can not add a route since the matcher is already built.";
var UnsupportedPathError = class extends Error {
};

// node_modules/hono/dist/utils/constants.js
var COMPOSED_HANDLER = "__COMPOSED_HANDLER";

// node_modules/hono/dist/utils/mount.js
var countTrailingSlashes = (path) => {
  let index = path.length;
  while (index > 0 && path.charCodeAt(index - 1) === 47) index--;
  return path.length - index;
};
var getPathPrefixLength = (c, pathPrefix, routePath2) => {
  if (!/[:*]/.test(pathPrefix)) return pathPrefix.length;
  const path = c.req.path;
  const matchResult = c.req[GET_MATCH_RESULT];
  const paramNames = /* @__PURE__ */ new Set();
  let length = 0;
  for (const part2 of splitRoutingPath(pathPrefix)) {
    if (part2[0] === ":" && part2.endsWith("}?")) throw new Error(`mount(): Optional regular expression parameters are not supported in "${routePath2}".`);
    const pattern2 = getPattern(part2);
    if (pattern2 && pattern2 !== "*") {
      const name3 = pattern2[1];
      if (paramNames.has(name3)) throw new Error(`mount(): Duplicate path parameter "${name3}" in "${routePath2}".`);
      paramNames.add(name3);
    }
    if (pattern2 && pattern2 !== "*" && pattern2[2] !== true) {
      const value = matchResult.length === 2 ? matchResult[1][matchResult[0][c.req.routeIndex][1][pattern2[1]]] : matchResult[0][c.req.routeIndex][1][pattern2[1]];
      length += value.length + 1;
    } else if (pattern2 || part2.endsWith("*")) {
      const end = path.indexOf("/", length + 1);
      length = end === -1 ? path.length : end;
    } else length += part2.length + 1;
  }
  return length;
};
var createMountedRequest = (c, pathPrefix, routePath2) => {
  if (/[^/]\*$/.test(routePath2)) throw new Error(`mount(): Wildcard must follow "/" in "${routePath2}".`);
  const prefixLength = getPathPrefixLength(c, pathPrefix, routePath2);
  const path = c.req.path.slice(prefixLength) || "/";
  if (prefixLength > c.req.path.length || path[0] !== "/" || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) throw new HTTPException(400, { message: "Invalid mounted path" });
  const rawUrl = c.req.raw.url;
  if (/^[^/?#]*\/\/[^/?#\\]*[?#\\]/.test(rawUrl)) throw new HTTPException(400, { message: "Invalid mounted path" });
  const rawPathEnd = rawUrl.search(/[?#]/);
  const rawTrailingSlashes = countTrailingSlashes(rawPathEnd === -1 ? rawUrl : rawUrl.slice(0, rawPathEnd));
  if (rawTrailingSlashes > 1 && countTrailingSlashes(c.req.path) === rawTrailingSlashes - 1) throw new HTTPException(400, { message: "Invalid mounted path" });
  const url2 = new URL(rawUrl);
  url2.pathname = path.replace(/[\\\t\n\r]/g, encodeURIComponent);
  if (path.includes("%")) {
  }
  return new Request(url2, c.req.raw);
};

// node_modules/hono/dist/hono-base.js
var notFoundHandler = (c) => {
  return c.text("404 Not Found", 404);
};
var errorHandler = (err2, c) => {
  if ("getResponse" in err2) {
    const res = err2.getResponse();
    return c.newResponse(res.body, res);
  }
  console.error(err2);
  return c.text("Internal Server Error", 500);
};
var Hono = class Hono2 {
  get;
  post;
  put;
  delete;
  options;
  patch;
  query;
  all;
  on;
  use;
  router;
  getPath;
  _basePath = "/";
  #path = "/";
  routes = [];
  constructor(options = {}) {
    [...METHODS, "all"].forEach((method) => {
      this[method] = (args1, ...args) => {
        const methodName = method.toUpperCase();
        if (typeof args1 === "string") this.#path = args1;
        else this.#addRoute(methodName, this.#path, args1);
        args.forEach((handler) => {
          this.#addRoute(methodName, this.#path, handler);
        });
        return this;
      };
    });
    this.on = (method, path, ...handlers) => {
      for (const p of [path].flat()) {
        this.#path = p;
        for (const m of [method].flat()) {
          const methodName = m.toUpperCase();
          for (const handler of handlers) this.#addRoute(methodName, this.#path, handler);
        }
      }
      return this;
    };
    this.use = (arg1, ...handlers) => {
      if (typeof arg1 === "string") this.#path = arg1;
      else {
        this.#path = "*";
        handlers.unshift(arg1);
      }
      handlers.forEach((handler) => {
        this.#addRoute("ALL", this.#path, handler);
      });
      return this;
    };
    const { strict, ...optionsWithoutStrict } = options;
    Object.assign(this, optionsWithoutStrict);
    this.getPath = strict ?? true ? options.getPath ?? getPath : getPathNoStrict;
  }
  #clone() {
    const clone2 = new Hono2({
      router: this.router,
      getPath: this.getPath
    });
    clone2.errorHandler = this.errorHandler;
    clone2.#notFoundHandler = this.#notFoundHandler;
    clone2.routes = this.routes;
    return clone2;
  }
  #notFoundHandler = notFoundHandler;
  errorHandler = errorHandler;
  /**
  * `.route()` allows grouping other Hono instance in routes.
  *
  * @see {@link https://hono.dev/docs/api/routing#grouping}
  *
  * @param {string} path - base Path
  * @param {Hono} app - other Hono instance
  * @returns {Hono} routed Hono instance
  *
  * @example
  * ```ts
  * const app = new Hono()
  * const app2 = new Hono()
  *
  * app2.get("/user", (c) => c.text("user"))
  * app.route("/api", app2) // GET /api/user
  * ```
  */
  route(path, app2) {
    const subApp = this.basePath(path);
    app2.routes.map((r) => {
      let handler;
      if (app2.errorHandler === errorHandler) handler = r.handler;
      else {
        handler = async (c, next) => (await compose([], app2.errorHandler)(c, () => r.handler(c, next))).res;
        handler[COMPOSED_HANDLER] = r.handler;
      }
      subApp.#addRoute(r.method, r.path, handler, r.basePath);
    });
    return this;
  }
  /**
  * `.basePath()` allows base paths to be specified.
  *
  * @see {@link https://hono.dev/docs/api/routing#base-path}
  *
  * @param {string} path - base Path
  * @returns {Hono} changed Hono instance
  *
  * @example
  * ```ts
  * const api = new Hono().basePath('/api')
  * ```
  */
  basePath(path) {
    const subApp = this.#clone();
    subApp._basePath = mergePath(this._basePath, path);
    return subApp;
  }
  /**
  * `.onError()` handles an error and returns a customized Response.
  *
  * @see {@link https://hono.dev/docs/api/hono#error-handling}
  *
  * @param {ErrorHandler} handler - request Handler for error
  * @returns {Hono} changed Hono instance
  *
  * @example
  * ```ts
  * app.onError((err, c) => {
  *   console.error(`${err}`)
  *   return c.text('Custom Error Message', 500)
  * })
  * ```
  */
  onError = (handler) => {
    this.errorHandler = handler;
    return this;
  };
  /**
  * `.notFound()` allows you to customize a Not Found Response.
  *
  * @see {@link https://hono.dev/docs/api/hono#not-found}
  *
  * @param {NotFoundHandler} handler - request handler for not-found
  * @returns {Hono} changed Hono instance
  *
  * @example
  * ```ts
  * app.notFound((c) => {
  *   return c.text('Custom 404 Message', 404)
  * })
  * ```
  */
  notFound = (handler) => {
    this.#notFoundHandler = handler;
    return this;
  };
  /**
  * `.mount()` allows you to mount applications built with other frameworks into your Hono application.
  *
  * @deprecated Use `mount()` from `hono/mount` instead. `.mount()` will be removed in v5.
  *
  * @see {@link https://hono.dev/docs/api/hono#mount}
  *
  * @param {string} path - base Path
  * @param {Function} applicationHandler - other Request Handler
  * @param {MountOptions} [options] - options of `.mount()`
  * @returns {Hono} mounted Hono instance
  * @throws {Error} If automatic request rewriting encounters duplicate path parameter names or an optional regular expression parameter.
  * @throws {HTTPException} With status 400 if automatic request rewriting cannot safely preserve the routed path.
  *
  * @example
  * ```ts
  * import { Router as IttyRouter } from 'itty-router'
  * import { Hono } from 'hono'
  * // Create itty-router application
  * const ittyRouter = IttyRouter()
  * // GET /itty-router/hello
  * ittyRouter.get('/hello', () => new Response('Hello from itty-router'))
  *
  * const app = new Hono()
  * app.mount('/itty-router', ittyRouter.handle)
  * ```
  *
  * @example
  * ```ts
  * const app = new Hono()
  * // Send the request to another application without modification.
  * app.mount('/app', anotherApp, {
  *   replaceRequest: (req) => req,
  * })
  * ```
  */
  mount(path, applicationHandler, options) {
    let replaceRequest;
    let optionHandler;
    if (options) {
      if (typeof options === "function") optionHandler = options;
      else {
        optionHandler = options.optionHandler;
        if (options.replaceRequest === false) replaceRequest = (request2) => request2;
        else replaceRequest = options.replaceRequest;
      }
    }
    const getOptions = optionHandler ? (c) => {
      const options2 = optionHandler(c);
      return Array.isArray(options2) ? options2 : [options2];
    } : (c) => {
      let executionContext = void 0;
      try {
        executionContext = c.executionCtx;
      } catch {
      }
      return [c.env, executionContext];
    };
    const defaultReplaceRequest = (c) => {
      const mountedRoutePath = routePath(c);
      return createMountedRequest(c, mountedRoutePath.replace(/\/?\*$/, ""), mountedRoutePath);
    };
    const handler = async (c, next) => {
      const res = await applicationHandler(replaceRequest ? replaceRequest(c.req.raw) : defaultReplaceRequest(c), ...getOptions(c));
      if (res) return res;
      await next();
    };
    this.#addRoute("ALL", mergePath(path, "*"), handler);
    return this;
  }
  #addRoute(method, path, handler, baseRoutePath) {
    path = mergePath(this._basePath, path);
    const r = {
      basePath: baseRoutePath !== void 0 ? mergePath(this._basePath, baseRoutePath) : this._basePath,
      path,
      method,
      handler
    };
    this.router.add(method, path, [handler, r]);
    this.routes.push(r);
  }
  #handleError(err2, c) {
    if (err2 instanceof Error) return this.errorHandler(err2, c);
    throw err2;
  }
  #dispatch(request2, executionCtx, env2, method) {
    if (method === "HEAD") return (async () => new Response(null, await this.#dispatch(request2, executionCtx, env2, "GET")))();
    const path = this.getPath(request2, { env: env2 });
    const matchResult = this.router.match(method, path);
    const c = new Context(request2, {
      path,
      matchResult,
      env: env2,
      executionCtx,
      notFoundHandler: this.#notFoundHandler
    });
    if (matchResult[0].length === 1) {
      let res;
      try {
        res = matchResult[0][0][0][0](c, async () => {
          c.res = await this.#notFoundHandler(c);
        });
      } catch (err2) {
        return this.#handleError(err2, c);
      }
      return res instanceof Promise ? res.then((resolved) => resolved || (c.finalized ? c.res : this.#notFoundHandler(c))).catch((err2) => this.#handleError(err2, c)) : res ?? this.#notFoundHandler(c);
    }
    const composed = compose(matchResult[0], this.errorHandler, this.#notFoundHandler);
    return (async () => {
      try {
        const context = await composed(c);
        if (!context.finalized) throw new Error("Context is not finalized. Did you forget to return a Response object or `await next()`?");
        return context.res;
      } catch (err2) {
        return this.#handleError(err2, c);
      }
    })();
  }
  /**
  * `.fetch()` will be entry point of your app.
  *
  * @see {@link https://hono.dev/docs/api/hono#fetch}
  *
  * @param {Request} request - request Object of request
  * @param {Env} env - env Object
  * @param {ExecutionContext} executionCtx - context of execution
  * @returns {Response | Promise<Response>} response of request
  *
  */
  fetch = (request2, ...rest) => {
    return this.#dispatch(request2, rest[1], rest[0], request2.method);
  };
  /**
  * `.request()` is a useful method for testing.
  * You can pass a URL or pathname to send a GET request.
  * app will return a Response object.
  * ```ts
  * test('GET /hello is ok', async () => {
  *   const res = await app.request('/hello')
  *   expect(res.status).toBe(200)
  * })
  * ```
  * @see https://hono.dev/docs/api/hono#request
  */
  request = (input, requestInit, Env, executionCtx) => {
    if (input instanceof Request) return this.fetch(requestInit ? new Request(input, requestInit) : input, Env, executionCtx);
    input = input.toString();
    return this.fetch(new Request(/^https?:\/\//.test(input) ? input : `http://localhost${mergePath("/", input)}`, requestInit), Env, executionCtx);
  };
  /**
  * `.fire()` automatically adds a global fetch event listener.
  * This can be useful for environments that adhere to the Service Worker API, such as non-ES module Cloudflare Workers.
  * @deprecated
  * Use `fire` from `hono/service-worker` instead.
  * ```ts
  * import { Hono } from 'hono'
  * import { fire } from 'hono/service-worker'
  *
  * const app = new Hono()
  * // ...
  * fire(app)
  * ```
  * @see https://hono.dev/docs/api/hono#fire
  * @see https://developer.mozilla.org/en-US/docs/Web/API/Service_Worker_API
  * @see https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/
  */
  fire = () => {
    addEventListener("fetch", (event) => {
      event.respondWith(this.#dispatch(event.request, event, void 0, event.request.method));
    });
  };
};

// node_modules/hono/dist/router/utils.js
var createNullObject = () => /* @__PURE__ */ Object.create(null);

// node_modules/hono/dist/router/reg-exp-router/matcher.js
var emptyParam = [];
function match(method, path) {
  const matchers = this.buildAllMatchers();
  const match2 = ((method2, path2) => {
    const matcher = matchers[method2] || matchers["ALL"];
    const staticMatch = matcher[2][path2];
    if (staticMatch) return staticMatch;
    const match3 = path2.match(matcher[0]);
    if (!match3) return [[], emptyParam];
    const index = match3.indexOf("", 1);
    return [matcher[1][index], match3];
  });
  this.match = match2;
  return match2(method, path);
}

// node_modules/hono/dist/router/reg-exp-router/node.js
var LABEL_REG_EXP_STR = "[^/]+";
var ONLY_WILDCARD_REG_EXP_STR = "[^]*";
var TAIL_WILDCARD_REG_EXP_STR = "(?:|/[^]*)";
var PATH_ERROR = /* @__PURE__ */ Symbol();
var regExpMetaChars = /* @__PURE__ */ new Set(".\\+*[^]$()");
function compareKey(a, b) {
  if (a.length === 1) return b.length === 1 ? a < b ? -1 : 1 : -1;
  if (b.length === 1) return 1;
  if (a === "[^]*" || a === "(?:|/[^]*)") return b === "[^]*" ? -1 : 1;
  else if (b === "[^]*" || b === "(?:|/[^]*)") return -1;
  if (a === "[^/]+") return 1;
  else if (b === "[^/]+") return -1;
  return a.length === b.length ? a < b ? -1 : 1 : b.length - a.length;
}
var Node = class Node2 {
  #index;
  #varIndex;
  #children = createNullObject();
  insert(tokens, index, paramMap, context, keys) {
    let node2 = this;
    for (let i = 0, len = tokens.length; i < len; i++) {
      const token2 = tokens[i];
      const pattern2 = token2.length === 1 ? token2 === "*" ? i === len - 1 ? [
        "",
        "",
        ONLY_WILDCARD_REG_EXP_STR
      ] : [
        "",
        "",
        LABEL_REG_EXP_STR
      ] : null : token2 === "/*" ? [
        "",
        "",
        TAIL_WILDCARD_REG_EXP_STR
      ] : token2.match(/^\:([^\{\}]+)(?:\{(.+)\})?$/);
      let nextNode;
      if (pattern2) {
        const name3 = pattern2[1];
        let regexpStr = pattern2[2] || "[^/]+";
        if (name3 && pattern2[2]) {
          if (new RegExp(regexpStr).test("")) throw PATH_ERROR;
          regexpStr = regexpStr.replace(/^\((?!\?:)(?=[^)]+\)$)/, "(?:");
          if (/\((?!\?:)/.test(regexpStr)) throw PATH_ERROR;
          if (regexpStr.length === 1 && regExpMetaChars.has(regexpStr)) throw PATH_ERROR;
        }
        keys.push(regexpStr);
        nextNode = node2.#children[regexpStr];
        if (!nextNode) {
          if (regexpStr !== "[^]*" && regexpStr !== "(?:|/[^]*)") {
            for (const k in node2.#children) if ((regexpStr.length > 1 || k.length > 1) && k !== "[^]*" && k !== "(?:|/[^]*)") throw PATH_ERROR;
          }
          nextNode = node2.#children[regexpStr] = new Node2();
        }
        if (name3 !== "") {
          nextNode.#varIndex ??= context.varIndex++;
          paramMap.push([name3, nextNode.#varIndex]);
        }
      } else {
        keys.push(token2);
        nextNode = node2.#children[token2];
        if (!nextNode) {
          for (const k in node2.#children) if (k.length > 1 && k !== "[^]*" && k !== "(?:|/[^]*)") throw PATH_ERROR;
          nextNode = node2.#children[token2] = new Node2();
        }
      }
      node2 = nextNode;
    }
    if (node2.#index !== void 0) throw PATH_ERROR;
    node2.#index = index;
  }
  buildRegExpStr() {
    const strList = Object.keys(this.#children).sort(compareKey).map((k) => {
      const c = this.#children[k];
      const childStr = c.buildRegExpStr();
      return childStr === "" ? "" : (typeof c.#varIndex === "number" ? `(${k})@${c.#varIndex}` : regExpMetaChars.has(k) ? `\\${k}` : k) + childStr;
    }).filter(Boolean);
    if (typeof this.#index === "number" && this.#index !== -1) strList.unshift(`#${this.#index}`);
    if (strList.length === 0) return "";
    if (strList.length === 1) return strList[0];
    return "(?:" + strList.join("|") + ")";
  }
};

// node_modules/hono/dist/router/reg-exp-router/trie.js
var Trie = class {
  #context = { varIndex: 0 };
  #root = new Node();
  #index = 0;
  paths = createNullObject();
  insert(path, isStatic) {
    const keys = [];
    if (isStatic) {
      this.#root.insert(path.split(""), -1, [], this.#context, keys);
      this.paths[path] = [
        -1,
        [],
        keys
      ];
      return;
    }
    const paramAssoc = [];
    const groups = [];
    let markedPath = path;
    for (let i = 0; ; ) {
      let replaced2 = false;
      markedPath = markedPath.replace(/\{(?:\{[\d,]+\}|[^}])+\}/g, (m) => {
        const mark = `@\\${i}`;
        groups[i] = [mark, m];
        i++;
        replaced2 = true;
        return mark;
      });
      if (!replaced2) break;
    }
    const tokens = markedPath.match(/(?::[^\/]+)|(?:\/\*$)|./gs) || [];
    for (let i = groups.length - 1; i >= 0; i--) {
      const [mark] = groups[i];
      for (let j = tokens.length - 1; j >= 0; j--) if (tokens[j].indexOf(mark) !== -1) {
        tokens[j] = tokens[j].replace(mark, groups[i][1]);
        break;
      }
    }
    this.#root.insert(tokens, this.#index, paramAssoc, this.#context, keys);
    this.paths[path] = [
      this.#index++,
      paramAssoc,
      keys
    ];
  }
  buildRegExp() {
    let regexp = this.#root.buildRegExpStr();
    if (regexp === "") return [
      /^$/,
      [],
      []
    ];
    let captureIndex = 0;
    const indexReplacementMap = [];
    const paramReplacementMap = [];
    regexp = regexp.replace(/#(\d+)|@(\d+)|\.\*\$/g, (_, handlerIndex, paramIndex) => {
      if (handlerIndex !== void 0) {
        indexReplacementMap[++captureIndex] = Number(handlerIndex);
        return "$()";
      }
      if (paramIndex !== void 0) {
        paramReplacementMap[Number(paramIndex)] = ++captureIndex;
        return "";
      }
      return "";
    });
    return [
      new RegExp(`^${regexp}`),
      indexReplacementMap,
      paramReplacementMap
    ];
  }
};

// node_modules/hono/dist/router/reg-exp-router/router.js
function endsWithWildcard(keys) {
  const tail = keys[keys.length - 1];
  return tail === "[^]*" || tail === "(?:|/[^]*)";
}
function covers(wildcard, target2) {
  const last = wildcard.length - 1;
  for (let i = 0; i < last; i++) if (wildcard[i] !== target2[i]) return false;
  return wildcard[last] === "[^]*" || target2.length === last || target2[last] === "/";
}
var RegExpRouter = class {
  name = "RegExpRouter";
  #handlers;
  #tries;
  constructor() {
    this.#handlers = { ["ALL"]: [] };
    this.#tries = { ["ALL"]: new Trie() };
  }
  #insertPath(method, path) {
    try {
      this.#tries[method].insert(path, !/\*|\/:/.test(path));
    } catch (e) {
      throw e === PATH_ERROR ? new UnsupportedPathError(path) : e;
    }
  }
  add(method, path, handler) {
    const handlers = this.#handlers;
    if (!handlers) throw new Error(MESSAGE_MATCHER_IS_ALREADY_BUILT);
    const tries = this.#tries;
    if (!handlers[method]) {
      tries[method] = new Trie();
      handlers[method] = [...handlers["ALL"]];
      for (const p in tries["ALL"].paths) this.#insertPath(method, p);
    }
    if (path === "/*") path = "*";
    const methods = method === "ALL" ? Object.keys(handlers) : [method];
    const paths = checkOptionalParameter(path) || [path];
    for (const path2 of paths) for (const m of methods) {
      if (!tries[m].paths[path2]) this.#insertPath(m, path2);
      handlers[m].push([handler, path2]);
    }
  }
  match = match;
  buildAllMatchers() {
    const matchers = createNullObject();
    for (const method of Object.keys(this.#handlers)) matchers[method] = this.#buildMatcher(method);
    this.#handlers = this.#tries = void 0;
    return matchers;
  }
  #buildMatcher(method) {
    const handlers = this.#handlers[method];
    const trie = this.#tries[method];
    const staticMap = createNullObject();
    const handlerData = [];
    const [regexp, indexReplacementMap, paramReplacementMap] = trie.buildRegExp();
    const own2 = createNullObject();
    const entries = handlers.map(([h, p], i) => {
      (own2[p] ??= []).push(i);
      return [h, trie.paths[p][1].reduceRight((map, [key, varIndex]) => {
        map[key] = paramReplacementMap[varIndex];
        return map;
      }, createNullObject())];
    });
    const wildcards = Object.keys(own2).filter((p) => endsWithWildcard(trie.paths[p][2]));
    for (const path in trie.paths) {
      const [index, , keys] = trie.paths[path];
      const indexes = [...own2[path]];
      for (const p of wildcards) if (p !== path && covers(trie.paths[p][2], keys)) indexes.push(...own2[p]);
      const data = indexes.sort((a, b) => a - b).map((i) => entries[i]);
      if (index === -1) {
        const last = Math.max(-1, ...data.flatMap(([, map]) => Object.values(map)));
        staticMap[path] = [data, last === -1 ? emptyParam : path.match(regexp).slice(0, last + 1)];
      } else handlerData[index] = data;
    }
    return [
      regexp,
      indexReplacementMap.map((i) => handlerData[i]),
      staticMap
    ];
  }
};

// node_modules/hono/dist/router/smart-router/router.js
var SmartRouter = class {
  name = "SmartRouter";
  #routers = [];
  #routes = [];
  constructor(init) {
    this.#routers = init.routers;
  }
  add(method, path, handler) {
    if (!this.#routes) throw new Error(MESSAGE_MATCHER_IS_ALREADY_BUILT);
    this.#routes.push([
      method,
      path,
      handler
    ]);
  }
  match(method, path) {
    if (!this.#routes) throw new Error("Fatal error");
    const routers = this.#routers;
    const routes = this.#routes;
    const len = routers.length;
    let i = 0;
    let res;
    for (; i < len; i++) {
      const router = routers[i];
      try {
        for (let i2 = 0, len2 = routes.length; i2 < len2; i2++) router.add(...routes[i2]);
        res = router.match(method, path);
      } catch (e) {
        if (e instanceof UnsupportedPathError) continue;
        throw e;
      }
      this.match = router.match.bind(router);
      this.#routers = [router];
      this.#routes = void 0;
      break;
    }
    if (i === len) throw new Error("Fatal error");
    this.name = `SmartRouter + ${this.activeRouter.name}`;
    return res;
  }
  get activeRouter() {
    if (this.#routes || this.#routers.length !== 1) throw new Error("No active router has been determined yet.");
    return this.#routers[0];
  }
};

// node_modules/hono/dist/router/trie-router/node.js
var emptyParams = createNullObject();
var order = 0;
var Node3 = class Node4 {
  #methods = [];
  #children = createNullObject();
  #patterns = [];
  #pattern;
  #params = emptyParams;
  insert(method, path, handler) {
    let curNode = this;
    const parts = splitRoutingPath(path);
    const possibleKeys = /* @__PURE__ */ new Set();
    let i = 0;
    for (const p of parts) {
      const nextP = parts[++i];
      const pattern2 = getPattern(p, nextP) || (nextP === void 0 && p && p.indexOf("*") === p.length - 1 ? p : null);
      const isParam = Array.isArray(pattern2);
      const key = isParam ? pattern2[0] : pattern2 || p;
      const child = curNode.#children[key] ||= new Node4();
      if (pattern2 && !child.#pattern) {
        child.#pattern = pattern2;
        curNode.#patterns.push(child);
      }
      curNode = child;
      if (isParam) possibleKeys.add(pattern2[1]);
    }
    curNode.#methods.push({ [method]: {
      handler,
      possibleKeys: [...possibleKeys],
      score: ++order
    } });
  }
  #pushHandlerSets(handlerSets, node2, method, nodeParams, params) {
    for (let i = 0, len = node2.#methods.length; i < len; i++) {
      const m = node2.#methods[i];
      const handlerSet = m[method] || m["ALL"];
      if (handlerSet) {
        handlerSet.params = createNullObject();
        handlerSets.push(handlerSet);
        for (let i2 = 0, len2 = handlerSet.possibleKeys.length; i2 < len2; i2++) {
          const key = handlerSet.possibleKeys[i2];
          handlerSet.params[key] = params?.[key] && !i2 ? params[key] : nodeParams[key] ?? params?.[key];
        }
      }
    }
  }
  search(method, path) {
    const handlerSets = [];
    this.#params = emptyParams;
    let curNodes = [this];
    const parts = splitPath(path);
    const curNodesQueue = [];
    const len = parts.length;
    let partOffsets = null;
    for (let i = 0; i < len; i++) {
      const part2 = parts[i];
      const isLast = i === len - 1;
      const tempNodes = [];
      for (let j = 0, len2 = curNodes.length; j < len2; j++) {
        const node2 = curNodes[j];
        const nextNode = node2.#children[part2];
        if (nextNode) {
          nextNode.#params = node2.#params;
          if (isLast) {
            if (nextNode.#children["*"]) this.#pushHandlerSets(handlerSets, nextNode.#children["*"], method, node2.#params);
            this.#pushHandlerSets(handlerSets, nextNode, method, node2.#params);
          } else tempNodes.push(nextNode);
        }
        for (const child of node2.#patterns) {
          const pattern2 = child.#pattern;
          const params = node2.#params === emptyParams ? {} : { ...node2.#params };
          if (typeof pattern2 === "string") {
            if (pattern2 === "*" || part2.startsWith(pattern2.slice(0, -1))) {
              this.#pushHandlerSets(handlerSets, child, method, node2.#params);
              if (pattern2 === "*") {
                child.#params = params;
                tempNodes.push(child);
              }
            }
            continue;
          }
          const [, name3, matcher] = pattern2;
          if (!part2 && matcher === true) continue;
          if (matcher !== true) {
            if (!partOffsets) {
              partOffsets = [];
              let offset = path[0] === "/" ? 1 : 0;
              for (let p = 0; p < len; p++) {
                partOffsets[p] = offset;
                offset += parts[p].length + 1;
              }
            }
            const restPathString = path.slice(partOffsets[i]);
            const m = matcher.exec(restPathString);
            if (m) {
              if (!Object.hasOwn(params, name3)) params[name3] = m[0];
              this.#pushHandlerSets(handlerSets, child, method, node2.#params, params);
              if (m[0].length === restPathString.length && child.#children["*"]) this.#pushHandlerSets(handlerSets, child.#children["*"], method, node2.#params, params);
              for (const _ in child.#children) {
                child.#params = params;
                const componentCount = m[0].match(/\//g)?.length ?? 0;
                (curNodesQueue[componentCount] ||= []).push(child);
                break;
              }
              continue;
            }
          }
          if (matcher === true || matcher.test(part2)) {
            if (!Object.hasOwn(params, name3)) params[name3] = part2;
            if (isLast) {
              this.#pushHandlerSets(handlerSets, child, method, params, node2.#params);
              if (child.#children["*"]) this.#pushHandlerSets(handlerSets, child.#children["*"], method, params, node2.#params);
            } else {
              child.#params = params;
              tempNodes.push(child);
            }
          }
        }
      }
      const shifted = curNodesQueue.shift();
      curNodes = shifted ? tempNodes.concat(shifted) : tempNodes;
    }
    if (handlerSets[1]) handlerSets.sort((a, b) => {
      return a.score - b.score;
    });
    return [handlerSets.map(({ handler, params }) => [handler, params])];
  }
};

// node_modules/hono/dist/router/trie-router/router.js
var TrieRouter = class {
  name = "TrieRouter";
  #node = new Node3();
  add(method, path, handler) {
    for (const result of checkOptionalParameter(path) || [path]) this.#node.insert(method, result, handler);
  }
  match(method, path) {
    return this.#node.search(method, path);
  }
};

// node_modules/hono/dist/hono.js
var Hono3 = class extends Hono {
  /**
  * Creates an instance of the Hono class.
  *
  * @param options - Optional configuration options for the Hono instance.
  */
  constructor(options = {}) {
    super(options);
    this.router = options.router ?? new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] });
  }
};

// worker/deps.ts
function nowSeconds(deps) {
  return Math.floor(deps.nowMs() / 1e3);
}
function providerDeps(deps) {
  return {
    now: () => nowSeconds(deps),
    random: deps.random,
    fetch: deps.fetch,
    secret: deps.config.upstreamSecret,
    keys: deps.keys,
    origin: deps.config.origin
  };
}
var ID_BYTES = 16;
function randomId(deps) {
  return deps.random(ID_BYTES).toHex();
}

// shared/refusal.ts
var WIRE_FORMS = {
  request_malformed: { error: "invalid_request", status: 400, told: "form" },
  media_type_unsupported: { error: "invalid_request", status: 415, told: "form" },
  request_too_large: { error: "invalid_request", status: 413, told: "form" },
  grant_type_unsupported: { error: "unsupported_grant_type", status: 400, told: "form" },
  too_many_requests: { error: "temporarily_unavailable", status: 429, told: "form" },
  token_malformed: { error: "invalid_request", status: 400, told: "unproven" },
  issuer_untrusted: { error: "invalid_request", status: 400, told: "unproven" },
  key_unknown: { error: "invalid_request", status: 400, told: "unproven" },
  signature_wrong: { error: "invalid_request", status: 400, told: "unproven" },
  audience_wrong: { error: "invalid_request", status: 400, told: "proven" },
  token_expired: { error: "invalid_request", status: 400, told: "proven" },
  token_early: { error: "invalid_request", status: 400, told: "proven" },
  token_too_old: { error: "invalid_request", status: 400, told: "proven" },
  claim_missing: { error: "invalid_request", status: 400, told: "proven" },
  claim_malformed: { error: "invalid_request", status: 400, told: "proven" },
  owner_outside_fence: { error: "invalid_request", status: 400, told: "proven" },
  token_replayed: { error: "invalid_request", status: 400, told: "proven" },
  grant_refused: { error: "invalid_target", status: 400, told: "proven" },
  scope_exceeded: { error: "invalid_scope", status: 400, told: "proven" },
  details_malformed: { error: "invalid_authorization_details", status: 400, told: "proven" },
  limit_reached: { error: "temporarily_unavailable", status: 429, told: "proven" },
  frozen: { error: "temporarily_unavailable", status: 503, told: "proven" },
  upstream_refused: { error: "invalid_target", status: 400, told: "proven" },
  keys_unavailable: { error: "temporarily_unavailable", status: 503, told: "always" },
  upstream_unavailable: { error: "temporarily_unavailable", status: 503, told: "proven" },
  ledger_unavailable: { error: "temporarily_unavailable", status: 503, told: "proven" },
  policy_missing: { error: "temporarily_unavailable", status: 503, told: "form" }
};

// shared/refusal-wire.ts
var UNPROVEN_SENTENCE = "The subject token was not accepted. The broker’s log has the reason under this decision id.";
var LIMIT_SENTENCES = {
  per_job: "This job has drawn the grant as often as it may.",
  per_hour: "The grant was drawn as often as it may be in one hour.",
  per_hour_total: "The grant was drawn as often as it may be in one hour, by all its workloads together.",
  workload_per_job: "This job has drawn as many credentials as a job of its workload may.",
  workload_per_hour: "This workload has drawn as many credentials as it may in one hour."
};
var SENTENCES = {
  request_malformed: ({ parameter, problem, expected }) => problem === "missing" ? `The parameter ${parameter} is missing. Expected: ${expected}.` : problem === "repeated" ? `The parameter ${parameter} was sent more than once.` : `The parameter ${parameter} is not usable. Expected: ${expected}.`,
  media_type_unsupported: () => "The request must be application/x-www-form-urlencoded.",
  request_too_large: ({ limitBytes }) => `The request is larger than ${limitBytes} bytes.`,
  grant_type_unsupported: () => "The grant type must be urn:ietf:params:oauth:grant-type:token-exchange.",
  too_many_requests: () => "Too many requests from this address. Try again later.",
  token_malformed: () => UNPROVEN_SENTENCE,
  issuer_untrusted: () => UNPROVEN_SENTENCE,
  key_unknown: () => UNPROVEN_SENTENCE,
  signature_wrong: () => UNPROVEN_SENTENCE,
  audience_wrong: ({ expected }) => `The token’s aud must be exactly ${expected}.`,
  token_expired: () => "The token has expired. Ask for a fresh one right before the exchange.",
  token_early: ({ claim: claim2 }) => `The token’s ${claim2} lies in the future. Is a clock wrong?`,
  token_too_old: ({ maxAge }) => `The token was issued more than ${maxAge} seconds ago. Ask for a fresh one right before the exchange.`,
  claim_missing: ({ claim: claim2, expected }) => `The token’s claim ${claim2} must be ${expected}.`,
  claim_malformed: ({ claim: claim2, expected }) => `The token’s claim ${claim2} is not what it must be: ${expected}.`,
  owner_outside_fence: () => "The subject token was not accepted: this broker does not serve its owner.",
  token_replayed: () => "This token was used already. Every exchange needs a fresh one.",
  grant_refused: ({ grant: grant2, cause }) => grantSentence(grant2, cause),
  scope_exceeded: ({ field, asked: asked5 }) => `The ask goes beyond the grant: ${field} ${JSON.stringify(asked5)}.`,
  details_malformed: (refusal) => "problems" in refusal ? `authorization_details is not usable: ${refusal.problems.join("; ")}.` : `authorization_details is not usable. Expected: ${refusal.expected}.`,
  limit_reached: ({ limit }) => LIMIT_SENTENCES[limit],
  frozen: () => "Exchanges like this one are stopped at the moment by an operator.",
  upstream_refused: () => "The upstream of this grant’s connection refused to make the credential. The ledger has the details under this decision id.",
  keys_unavailable: () => "The keys needed for this exchange cannot be had at the moment. Try again with a fresh token.",
  upstream_unavailable: () => "The upstream of this grant’s connection cannot be used at the moment. Try again with a fresh token.",
  ledger_unavailable: () => "The ledger cannot be written at the moment, so nothing was issued. Try again with a fresh token.",
  policy_missing: () => "No policy is active at the moment."
};
function grantSentence(grant2, cause) {
  const name3 = JSON.stringify(grant2);
  switch (cause) {
    case "authority":
      return `The grant ${name3} was refused: this run is an authority of the broker, and authorities draw no credentials.`;
    case "unknown_grant":
      return `There is no grant ${name3}.`;
    case "suspended":
      return `The grant ${name3} was refused: this workload is suspended.`;
    case "guardrail":
      return `The grant ${name3} was refused by a guardrail.`;
    case "no_rule":
      return `The grant ${name3} was refused: no rule of it fits this run.`;
  }
}
function wireRefusal(refusal, decisionId, proven) {
  const { error: error2, status, told: told2 } = WIRE_FORMS[refusal.code];
  const base = { error: error2, error_description: descriptionText(sentenceOf(refusal)), decision_id: decisionId };
  const retryAfter2 = "retryAfter" in refusal ? refusal.retryAfter : void 0;
  if (!proven && told2 !== "always") return { status, retryAfter: retryAfter2, body: base };
  return { status, retryAfter: retryAfter2, body: { ...base, code: refusal.code, ...members(refusal) } };
}
function descriptionText(sentence) {
  return sentence.replace(/["’]/g, "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "?");
}
function members(refusal) {
  if (refusal.code !== "grant_refused") return {};
  return { reasons: refusal.reasons, ...refusal.hint === void 0 ? {} : { hint: refusal.hint } };
}
function sentenceOf(refusal) {
  const sentence = SENTENCES[refusal.code];
  return sentence(refusal);
}

// worker/routes/answers.ts
var NO_STORE = { "cache-control": "no-store", pragma: "no-cache" };
var JSON_HEADERS = new Headers({ ...NO_STORE, "content-type": "application/json" });
function refusalAnswer(refusal, decisionId, proven) {
  const { status, retryAfter: retryAfter2, body } = wireRefusal(refusal, decisionId, proven);
  return Response.json(body, {
    status,
    headers: { ...NO_STORE, ...retryAfter2 === void 0 ? {} : { "retry-after": String(retryAfter2) } }
  });
}
function refuse(refusal, proven, { event, decision, deps }) {
  deps.log({ event, outcome: "refused", decision, code: refusal.code, ..."detail" in refusal ? { detail: refusal.detail } : {} });
  return refusalAnswer(refusal, decision, proven);
}
function jsonAnswer(body, headers = {}) {
  const answer = new Response(JSON.stringify(body), { headers: JSON_HEADERS });
  for (const [name3, value] of Object.entries(headers)) answer.headers.set(name3, value);
  return answer;
}
function problemAnswer({ status, title, detail, members: members4 = {}, headers = {} }) {
  const body = { type: "about:blank", title, status, ...detail === void 0 ? {} : { detail }, ...members4 };
  return new Response(JSON.stringify(body), { status, headers: { ...NO_STORE, "content-type": "application/problem+json", ...headers } });
}
function storeUnreachable() {
  return problemAnswer({ status: 503, title: "The policy store cannot be reached", headers: { "retry-after": "5" } });
}

// node_modules/zod/v4/core/util.js
var util_exports = {};
__export(util_exports, {
  BIGINT_FORMAT_RANGES: () => BIGINT_FORMAT_RANGES,
  CONSTANT_CATCH: () => CONSTANT_CATCH,
  Class: () => Class,
  NUMBER_FORMAT_RANGES: () => NUMBER_FORMAT_RANGES,
  aborted: () => aborted,
  allowsEval: () => allowsEval,
  assert: () => assert,
  assertEqual: () => assertEqual,
  assertIs: () => assertIs,
  assertNever: () => assertNever,
  assertNotEqual: () => assertNotEqual,
  assignProp: () => assignProp,
  attachSchema: () => attachSchema,
  base64ToUint8Array: () => base64ToUint8Array,
  base64urlToUint8Array: () => base64urlToUint8Array,
  cached: () => cached,
  captureStackTrace: () => captureStackTrace,
  cleanEnum: () => cleanEnum,
  cleanRegex: () => cleanRegex,
  clone: () => clone,
  cloneDef: () => cloneDef,
  codePointLength: () => codePointLength,
  constantCatch: () => constantCatch,
  createTransparentProxy: () => createTransparentProxy,
  defineLazy: () => defineLazy,
  defineLazyInternal: () => defineLazyInternal,
  derived: () => derived,
  esc: () => esc,
  escapeRegex: () => escapeRegex,
  explicitlyAborted: () => explicitlyAborted,
  extend: () => extend,
  finalizeIssue: () => finalizeIssue,
  floatSafeRemainder: () => floatSafeRemainder,
  getElementAtPath: () => getElementAtPath,
  getEnumValues: () => getEnumValues,
  getLengthableOrigin: () => getLengthableOrigin,
  getParsedType: () => getParsedType,
  getSizableOrigin: () => getSizableOrigin,
  hexToUint8Array: () => hexToUint8Array,
  hide: () => hide,
  installLazyProp: () => installLazyProp,
  isObject: () => isObject,
  isPlainObject: () => isPlainObject,
  issue: () => issue,
  joinValues: () => joinValues,
  jsonStringifyReplacer: () => jsonStringifyReplacer,
  members: () => members2,
  merge: () => merge,
  mergeDefs: () => mergeDefs,
  normalizeParams: () => normalizeParams,
  nullish: () => nullish,
  numKeys: () => numKeys,
  objectClone: () => objectClone,
  omit: () => omit,
  optionalKeys: () => optionalKeys,
  own: () => own,
  parsedType: () => parsedType,
  partial: () => partial,
  pick: () => pick,
  prefixIssues: () => prefixIssues,
  primitiveTypes: () => primitiveTypes,
  promiseAllObject: () => promiseAllObject,
  propertyKeyTypes: () => propertyKeyTypes,
  randomString: () => randomString,
  rawShape: () => rawShape,
  required: () => required,
  safeExtend: () => safeExtend,
  shallowClone: () => shallowClone,
  sizeCaps: () => sizeCaps,
  slugify: () => slugify,
  stringifyPrimitive: () => stringifyPrimitive,
  toZod: () => toZod,
  uint8ArrayToBase64: () => uint8ArrayToBase64,
  uint8ArrayToBase64url: () => uint8ArrayToBase64url,
  uint8ArrayToHex: () => uint8ArrayToHex,
  unwrapMessage: () => unwrapMessage
});
function assertEqual(val) {
  return val;
}
function assertNotEqual(val) {
  return val;
}
function toZod() {
  return (schema) => schema;
}
function assertIs(_arg) {
}
function assertNever(_x) {
  throw new Error("Unexpected value in exhaustive check");
}
function assert(_) {
}
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function joinValues(array2, separator = "|") {
  return array2.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input) {
  return input === null || input === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
  const ratio = val / step;
  const roundedRatio = Math.round(ratio);
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
  if (Math.abs(ratio - roundedRatio) < tolerance)
    return 0;
  return ratio - roundedRatio;
}
var EVALUATING = /* @__PURE__ */ Symbol("evaluating");
function defineLazy(object2, key, getter) {
  let value = void 0;
  Object.defineProperty(object2, key, {
    get() {
      if (value === EVALUATING) {
        return void 0;
      }
      if (value === void 0) {
        value = EVALUATING;
        value = getter();
      }
      return value;
    },
    set(v) {
      Object.defineProperty(object2, key, {
        value: v
        // configurable: true,
      });
    },
    configurable: true
  });
}
function objectClone(obj) {
  return Object.create(Object.getPrototypeOf(obj), Object.getOwnPropertyDescriptors(obj));
}
function assignProp(target2, prop, value) {
  Object.defineProperty(target2, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target2, key, getter) {
  Object.defineProperty(target2, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target2, key, value) {
  if (key in target2)
    assignProp(target2, key, value);
  else
    target2[key] = value;
}
function mirrorShape(target2, source, keys, wrap2) {
  const raw2 = sourceShape(source);
  for (const key of keys) {
    const desc = Object.getOwnPropertyDescriptor(raw2, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target2, key, () => {
        const value = source._zod.def.shape[key];
        return wrap2 ? wrap2(value, key) : value;
      });
    } else
      putProp(target2, key, wrap2 ? wrap2(desc.value, key) : desc.value);
  }
}
function mirrorProps(target2, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target2, key, () => source[key]);
    else
      putProp(target2, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
function cloneDef(schema) {
  return mergeDefs(schema._zod.def);
}
function getElementAtPath(obj, path) {
  if (!path)
    return obj;
  return path.reduce((acc, key) => acc?.[key], obj);
}
function promiseAllObject(promisesObj) {
  const keys = Object.keys(promisesObj);
  const promises = keys.map((key) => promisesObj[key]);
  return Promise.all(promises).then((results) => {
    const resolvedObj = {};
    for (let i = 0; i < keys.length; i++) {
      resolvedObj[keys[i]] = results[i];
    }
    return resolvedObj;
  });
}
function randomString(length = 10) {
  const chars = "abcdefghijklmnopqrstuvwxyz";
  let str = "";
  for (let i = 0; i < length; i++) {
    str += chars[Math.floor(Math.random() * chars.length)];
  }
  return str;
}
function esc(str) {
  return JSON.stringify(str);
}
function slugify(input) {
  return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
var allowsEval = /* @__PURE__ */ cached(() => {
  if (globalConfig.jitless) {
    return false;
  }
  if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
    return false;
  }
  try {
    const F = Function;
    new F("");
    return true;
  } catch (_) {
    return false;
  }
});
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
function shallowClone(o) {
  if (isPlainObject(o))
    return { ...o };
  if (Array.isArray(o))
    return [...o];
  if (o instanceof Map)
    return new Map(o);
  if (o instanceof Set)
    return new Set(o);
  return o;
}
function numKeys(data) {
  let keyCount = 0;
  for (const key in data) {
    if (Object.prototype.hasOwnProperty.call(data, key)) {
      keyCount++;
    }
  }
  return keyCount;
}
var getParsedType = (data) => {
  const t = typeof data;
  switch (t) {
    case "undefined":
      return "undefined";
    case "string":
      return "string";
    case "number":
      return Number.isNaN(data) ? "nan" : "number";
    case "boolean":
      return "boolean";
    case "function":
      return "function";
    case "bigint":
      return "bigint";
    case "symbol":
      return "symbol";
    case "object":
      if (Array.isArray(data)) {
        return "array";
      }
      if (data === null) {
        return "null";
      }
      if (data.then && typeof data.then === "function" && data.catch && typeof data.catch === "function") {
        return "promise";
      }
      if (typeof Map !== "undefined" && data instanceof Map) {
        return "map";
      }
      if (typeof Set !== "undefined" && data instanceof Set) {
        return "set";
      }
      if (typeof Date !== "undefined" && data instanceof Date) {
        return "date";
      }
      if (typeof File !== "undefined" && data instanceof File) {
        return "file";
      }
      return "object";
    default:
      throw new Error(`Unknown data type: ${t}`);
  }
};
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
var primitiveTypes = /* @__PURE__ */ new Set([
  "string",
  "number",
  "bigint",
  "boolean",
  "symbol",
  "undefined"
]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function createTransparentProxy(getter) {
  let target2;
  return new Proxy({}, {
    get(_, prop, receiver) {
      target2 ?? (target2 = getter());
      return Reflect.get(target2, prop, receiver);
    },
    set(_, prop, value, receiver) {
      target2 ?? (target2 = getter());
      return Reflect.set(target2, prop, value, receiver);
    },
    has(_, prop) {
      target2 ?? (target2 = getter());
      return Reflect.has(target2, prop);
    },
    deleteProperty(_, prop) {
      target2 ?? (target2 = getter());
      return Reflect.deleteProperty(target2, prop);
    },
    ownKeys(_) {
      target2 ?? (target2 = getter());
      return Reflect.ownKeys(target2);
    },
    getOwnPropertyDescriptor(_, prop) {
      target2 ?? (target2 = getter());
      return Reflect.getOwnPropertyDescriptor(target2, prop);
    },
    defineProperty(_, prop, descriptor) {
      target2 ?? (target2 = getter());
      return Reflect.defineProperty(target2, prop, descriptor);
    }
  });
}
function stringifyPrimitive(value) {
  if (typeof value === "bigint")
    return value.toString() + "n";
  if (typeof value === "string")
    return `"${value}"`;
  return `${value}`;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
var BIGINT_FORMAT_RANGES = {
  int64: [/* @__PURE__ */ BigInt("-9223372036854775808"), /* @__PURE__ */ BigInt("9223372036854775807")],
  uint64: [/* @__PURE__ */ BigInt(0), /* @__PURE__ */ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".pick() cannot be used on object schemas containing refinements");
  }
  const newShape = {};
  mirrorShape(newShape, schema, maskedKeys(schema, mask));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function maskedKeys(schema, mask) {
  const raw2 = sourceShape(schema);
  const keys = [];
  for (const key of Reflect.ownKeys(mask)) {
    if (!Object.getOwnPropertyDescriptor(raw2, key)?.enumerable) {
      throw new Error(`Unrecognized key: "${String(key)}"`);
    }
    if (mask[key])
      keys.push(key);
  }
  return keys;
}
function omit(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".omit() cannot be used on object schemas containing refinements");
  }
  const omitted = new Set(maskedKeys(schema, mask));
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function safeExtend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to safeExtend: expected a plain object");
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
  if (!b?._zod?.def) {
    throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
  }
  if (a._zod.def.checks?.length) {
    throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
  }
  const newShape = {};
  mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
  mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
  const def = mergeDefs(a._zod.def, {
    shape: newShape,
    get catchall() {
      return b._zod.def.catchall;
    },
    checks: b._zod.def.checks ?? []
  });
  return clone(a, def);
}
function partial(Class2, schema, mask, name3 = "partial") {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(`.${name3}() cannot be used on object schemas containing refinements`);
  }
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class2 && ((value, key) => selected && !selected.has(key) ? value : new Class2({ type: "optional", innerType: value })));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class2, schema, mask) {
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => (
    // overwrite with non-optional
    selected && !selected.has(key) ? value : new Class2({ type: "nonoptional", innerType: value })
  ));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a3;
    (_a3 = iss).path ?? (_a3.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message2) {
  return typeof message2 === "string" ? message2 : message2?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a3;
  for (let i = start; i < issues.length; i++) {
    (_a3 = issues[i]).schema ?? (_a3.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a3;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a3 = iss).schema ?? (_a3.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message2 = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message2;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
function getSizableOrigin(input) {
  if (input instanceof Set)
    return "set";
  if (input instanceof Map)
    return "map";
  if (input instanceof File)
    return "file";
  return "unknown";
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count4 = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count4--;
      i++;
    }
  }
  return count4;
}
function getLengthableOrigin(input) {
  if (Array.isArray(input))
    return "array";
  if (typeof input === "string")
    return "string";
  return "unknown";
}
function parsedType(data) {
  const t = typeof data;
  switch (t) {
    case "number": {
      return Number.isNaN(data) ? "nan" : "number";
    }
    case "object": {
      if (data === null) {
        return "null";
      }
      if (Array.isArray(data)) {
        return "array";
      }
      const obj = data;
      if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
        return obj.constructor.name;
      }
    }
  }
  return t;
}
function issue(...args) {
  const [iss, input, inst] = args;
  if (typeof iss === "string") {
    return {
      message: iss,
      code: "custom",
      input,
      inst
    };
  }
  return { ...iss };
}
function cleanEnum(obj) {
  return Object.entries(obj).filter(([k, _]) => {
    return Number.isNaN(Number.parseInt(k, 10));
  }).map((el) => el[1]);
}
function base64ToUint8Array(base643) {
  const binaryString = atob(base643);
  const bytes = new Uint8Array(binaryString.length);
  for (let i = 0; i < binaryString.length; i++) {
    bytes[i] = binaryString.charCodeAt(i);
  }
  return bytes;
}
function uint8ArrayToBase64(bytes) {
  let binaryString = "";
  for (let i = 0; i < bytes.length; i++) {
    binaryString += String.fromCharCode(bytes[i]);
  }
  return btoa(binaryString);
}
function base64urlToUint8Array(base64url4) {
  const base643 = base64url4.replace(/-/g, "+").replace(/_/g, "/");
  const padding = "=".repeat((4 - base643.length % 4) % 4);
  return base64ToUint8Array(base643 + padding);
}
function uint8ArrayToBase64url(bytes) {
  return uint8ArrayToBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
function hexToUint8Array(hex2) {
  const cleanHex = hex2.replace(/^0x/, "");
  if (cleanHex.length % 2 !== 0) {
    throw new Error("Invalid hex string length");
  }
  const bytes = new Uint8Array(cleanHex.length / 2);
  for (let i = 0; i < cleanHex.length; i += 2) {
    bytes[i / 2] = Number.parseInt(cleanHex.slice(i, i + 2), 16);
  }
  return bytes;
}
function uint8ArrayToHex(bytes) {
  return Array.from(bytes).map((b) => b.toString(16).padStart(2, "0")).join("");
}
var Class = class {
  constructor(..._args) {
  }
};
function members2(proto, table2) {
  for (const key in table2) {
    const desc = Object.getOwnPropertyDescriptor(table2, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
// @__NO_SIDE_EFFECTS__
function derived(computes, table2) {
  for (const key in computes) {
    const compute = computes[key];
    Object.defineProperty(table2, key, {
      configurable: true,
      enumerable: true,
      get() {
        return own(this, key, compute(this));
      },
      set(value) {
        own(this, key, value);
      }
    });
  }
  return table2;
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err2) {
        delete this[key];
        broke = broke || outer;
        throw err2;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}
var CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
  const fn = () => value;
  fn[CONSTANT_CATCH] = true;
  return fn;
}

// node_modules/zod/v4/core/core.js
var _a;
var NEVER = /* @__PURE__ */ Object.freeze({
  status: "aborted"
});
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name3, initializer3, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name3)) {
      return;
    }
    inst._zod.traits.add(name3);
    initializer3(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up2 = own2;
      while (up2 && up2 !== ctorProto)
        up2 = Object.getPrototypeOf(up2);
      const target2 = up2 ?? own2;
      if (!initialized.has(target2)) {
        initialized.add(target2);
        members2(target2, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name3 });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name3);
    }
  });
  Object.defineProperty(_, "name", { value: name3 });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
var $ZodEncodeError = class extends Error {
  constructor(name3) {
    super(`Encountered unidirectional transform during encode: ${name3}`);
    this.name = "ZodEncodeError";
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});
function node(obj, key, make) {
  if (!Object.prototype.hasOwnProperty.call(obj, key)) {
    if (key === "__proto__") {
      Object.defineProperty(obj, key, { value: make(), writable: true, enumerable: true, configurable: true });
    } else {
      obj[key] = make();
    }
  }
  return obj[key];
}
function flattenError(error2, mapper = (issue2) => issue2.message) {
  const fieldErrors = {};
  const formErrors = [];
  for (const sub of error2.issues) {
    if (sub.path.length > 0) {
      node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
    } else {
      formErrors.push(mapper(sub));
    }
  }
  return { formErrors, fieldErrors };
}
function formatError(error2, mapper = (issue2) => issue2.message) {
  const fieldErrors = { _errors: [] };
  const processError = (error3, path = []) => {
    for (const issue2 of error3.issues) {
      if (issue2.code === "invalid_union" && issue2.errors.length) {
        issue2.errors.map((issues) => processError({ issues }, [...path, ...issue2.path]));
      } else if (issue2.code === "invalid_key") {
        processError({ issues: issue2.issues }, [...path, ...issue2.path]);
      } else if (issue2.code === "invalid_element") {
        processError({ issues: issue2.issues }, [...path, ...issue2.path]);
      } else {
        const fullpath = [...path, ...issue2.path];
        if (fullpath.length === 0) {
          fieldErrors._errors.push(mapper(issue2));
        } else {
          let curr = fieldErrors;
          let i = 0;
          while (i < fullpath.length) {
            const el = fullpath[i];
            const terminal = i === fullpath.length - 1;
            if (el === "_errors") {
              if (terminal)
                curr._errors.push(mapper(issue2));
              i++;
              continue;
            }
            if (!Object.prototype.hasOwnProperty.call(curr, el)) {
              Object.defineProperty(curr, el, {
                value: { _errors: [] },
                enumerable: true,
                writable: true,
                configurable: true
              });
            }
            const node2 = curr[el];
            if (terminal) {
              node2._errors.push(mapper(issue2));
            }
            curr = node2;
            i++;
          }
        }
      }
    }
  };
  processError(error2);
  return fieldErrors;
}

// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
  return { callee: params?.callee ?? callee, Err: params?.Err };
}
var _parse = (_Err) => {
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _parseAsync = (_Err) => {
  const fn = async (schema, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
function failure(Err, issues, ctx) {
  let error2;
  return {
    success: false,
    get error() {
      if (!error2) {
        error2 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error2;
    },
    set error(e) {
      error2 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
var COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
var validate = ((schema, value, _ctx) => {
  const validator = schema._zod.bag.validator;
  if (validator !== void 0) {
    if (validator(value) !== COMPILE_INVALID)
      return true;
    if (validator.definite === true && _ctx === void 0)
      return false;
  }
  return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
  const ctx = _ctx ? { ..._ctx, async: false, abortEarly: true } : { async: false, abortEarly: true };
  const fallbackRun = schema._zod.bag.fallbackRun;
  let result;
  if (fallbackRun) {
    ctx[COMPILE_FALLBACK] = true;
    result = fallbackRun({ value, issues: [] }, ctx);
  } else {
    result = schema._zod.run({ value, issues: [] }, ctx);
  }
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length === 0;
}
var validateAsync = async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true, abortEarly: true } : { async: true, abortEarly: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length === 0;
};
var _encode = (_Err) => {
  const parse2 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return parse2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decode = (_Err) => {
  const parse2 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    return parse2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _encodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return await parseAsync2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    return await parseAsync2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _safeEncode = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParse(_Err)(schema, value, ctx);
};
var _safeDecode = (_Err) => (schema, value, _ctx) => {
  return _safeParse(_Err)(schema, value, _ctx);
};
var _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParseAsync(_Err)(schema, value, ctx);
};
var _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
  return _safeParseAsync(_Err)(schema, value, _ctx);
};

// node_modules/zod/v4/core/regexes.js
var regexes_exports = {};
__export(regexes_exports, {
  anyString: () => anyString,
  base64: () => base64,
  base64url: () => base64url,
  bigint: () => bigint,
  boolean: () => boolean,
  browserEmail: () => browserEmail,
  cidrv4: () => cidrv4,
  cidrv6: () => cidrv6,
  creditCard: () => creditCard,
  cuid: () => cuid,
  cuid2: () => cuid2,
  currencyCode: () => currencyCode,
  date: () => date,
  datetime: () => datetime,
  domain: () => domain,
  duration: () => duration,
  e164: () => e164,
  email: () => email,
  emoji: () => emoji,
  extendedDuration: () => extendedDuration,
  guid: () => guid,
  hex: () => hex,
  hostname: () => hostname,
  html5Email: () => html5Email,
  httpProtocol: () => httpProtocol,
  iban: () => iban,
  idnEmail: () => idnEmail,
  integer: () => integer,
  ipv4: () => ipv4,
  ipv6: () => ipv6,
  ksuid: () => ksuid,
  lowercase: () => lowercase,
  mac: () => mac,
  md5_base64: () => md5_base64,
  md5_base64url: () => md5_base64url,
  md5_hex: () => md5_hex,
  nanoid: () => nanoid,
  nanoidOfLength: () => nanoidOfLength,
  null: () => _null,
  number: () => number,
  rfc5322Email: () => rfc5322Email,
  sha1_base64: () => sha1_base64,
  sha1_base64url: () => sha1_base64url,
  sha1_hex: () => sha1_hex,
  sha256_base64: () => sha256_base64,
  sha256_base64url: () => sha256_base64url,
  sha256_hex: () => sha256_hex,
  sha384_base64: () => sha384_base64,
  sha384_base64url: () => sha384_base64url,
  sha384_hex: () => sha384_hex,
  sha512_base64: () => sha512_base64,
  sha512_base64url: () => sha512_base64url,
  sha512_hex: () => sha512_hex,
  string: () => string,
  time: () => time,
  ulid: () => ulid,
  undefined: () => _undefined,
  unicodeEmail: () => unicodeEmail,
  uppercase: () => uppercase,
  uuid: () => uuid,
  uuid4: () => uuid4,
  uuid6: () => uuid6,
  uuid7: () => uuid7,
  xid: () => xid
});
var cuid = /^[cC][0-9a-z]{6,}$/;
var cuid2 = /^[0-9a-z]+$/;
var ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
var xid = /^[0-9a-vA-V]{20}$/;
var ksuid = /^[A-Za-z0-9]{27}$/;
var nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
  return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
var duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
var extendedDuration = /^[-+]?P(?!$)(?:(?:[-+]?\d+Y)|(?:[-+]?\d+[.,]\d+Y$))?(?:(?:[-+]?\d+M)|(?:[-+]?\d+[.,]\d+M$))?(?:(?:[-+]?\d+W)|(?:[-+]?\d+[.,]\d+W$))?(?:(?:[-+]?\d+D)|(?:[-+]?\d+[.,]\d+D$))?(?:T(?=[\d+-])(?:(?:[-+]?\d+H)|(?:[-+]?\d+[.,]\d+H$))?(?:(?:[-+]?\d+M)|(?:[-+]?\d+[.,]\d+M$))?(?:[-+]?\d+(?:[.,]\d+)?S)?)??$/;
var guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
var uuid = (version2) => {
  if (!version2)
    return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
  return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version2}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
var uuid4 = /* @__PURE__ */ uuid(4);
var uuid6 = /* @__PURE__ */ uuid(6);
var uuid7 = /* @__PURE__ */ uuid(7);
var email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
var html5Email = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
var rfc5322Email = /^(([^<>()\[\]\\.,;:\s@"]+(\.[^<>()\[\]\\.,;:\s@"]+)*)|(".+"))@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}])|(([a-zA-Z\-0-9]+\.)+[a-zA-Z]{2,}))$/;
var unicodeEmail = /^[^\s@"]{1,64}@[^\s@]{1,255}$/u;
var idnEmail = unicodeEmail;
var browserEmail = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
var _emoji = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
  return new RegExp(_emoji, "u");
}
var ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
var ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
var mac = (delimiter) => {
  const escapedDelim = escapeRegex(delimiter ?? ":");
  return new RegExp(`^(?:[0-9A-F]{2}${escapedDelim}){5}[0-9A-F]{2}$|^(?:[0-9a-f]{2}${escapedDelim}){5}[0-9a-f]{2}$`);
};
var cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
var cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
var base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
var base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
var hostname = /^(?=.{1,253}\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-0-9a-zA-Z]{0,61}[0-9a-zA-Z])?)*\.?$/;
var domain = /^(?=.{1,253}$)([a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}$/;
var httpProtocol = /^https?$/;
var e164 = /^\+[1-9]\d{6,14}$/;
var creditCard = /^\d(?:[ -]?\d){11,18}$/;
var currencyCode = /^(?:AED|AFN|ALL|AMD|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/;
var iban = /^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/;
var dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
  return new RegExp(`^${source}$`);
}
var date = /* @__PURE__ */ anchor(dateSource);
function timeSource(args) {
  const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
  const regex = typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
  return regex;
}
function time(args) {
  return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
  const opts = ["Z"];
  if (args.offset)
    opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
  const qualified = `${timeSource({ precision: args.precision, seconds: true })}(?:${opts.join("|")})`;
  const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
  return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
var anyString = /^[\s\S]{0,}$/;
var string = (params) => {
  const regex = params ? `[\\s\\S]{${params?.minimum ?? 0},${params?.maximum ?? ""}}` : `[\\s\\S]*`;
  return new RegExp(`^${regex}$`);
};
var bigint = /^-?\d+n?$/;
var integer = /^-?\d+$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;
var _null = /^null$/i;
var _undefined = /^undefined$/i;
var lowercase = /^[^A-Z]*$/;
var uppercase = /^[^a-z]*$/;
var hex = /^[0-9a-fA-F]*$/;
function fixedBase64(bodyLength, padding) {
  return new RegExp(`^[A-Za-z0-9+/]{${bodyLength}}${padding}$`);
}
function fixedBase64url(length) {
  return new RegExp(`^[A-Za-z0-9_-]{${length}}$`);
}
var md5_hex = /^[0-9a-fA-F]{32}$/;
var md5_base64 = /* @__PURE__ */ fixedBase64(22, "==");
var md5_base64url = /* @__PURE__ */ fixedBase64url(22);
var sha1_hex = /^[0-9a-fA-F]{40}$/;
var sha1_base64 = /* @__PURE__ */ fixedBase64(27, "=");
var sha1_base64url = /* @__PURE__ */ fixedBase64url(27);
var sha256_hex = /^[0-9a-fA-F]{64}$/;
var sha256_base64 = /* @__PURE__ */ fixedBase64(43, "=");
var sha256_base64url = /* @__PURE__ */ fixedBase64url(43);
var sha384_hex = /^[0-9a-fA-F]{96}$/;
var sha384_base64 = /* @__PURE__ */ fixedBase64(64, "");
var sha384_base64url = /* @__PURE__ */ fixedBase64url(64);
var sha512_hex = /^[0-9a-fA-F]{128}$/;
var sha512_base64 = /* @__PURE__ */ fixedBase64(86, "==");
var sha512_base64url = /* @__PURE__ */ fixedBase64url(86);

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a3;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a3 = inst._zod).onattach ?? (_a3.onattach = []);
});
var _whenHasLength = (payload) => {
  const val = payload.value;
  return !nullish(val) && val.length !== void 0;
};
var numericOriginMap = {
  number: "number",
  bigint: "bigint",
  object: "date"
};
var $ZodCheckLessThan = /* @__PURE__ */ $constructor("$ZodCheckLessThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin2 = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin2,
      code: "too_big",
      maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckGreaterThan = /* @__PURE__ */ $constructor("$ZodCheckGreaterThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin2 = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin2,
      code: "too_small",
      minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMultipleOf = /* @__PURE__ */ $constructor("$ZodCheckMultipleOf", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    if (typeof payload.value !== typeof def.value)
      throw new Error("Cannot mix number and bigint in multiple_of check.");
    const isMultiple = typeof payload.value === "bigint" ? (
      // `value % 0n` throws, and nothing is a multiple of zero — the number branch already fails this way via NaN
      def.value !== BigInt(0) && payload.value % def.value === BigInt(0)
    ) : floatSafeRemainder(payload.value, def.value) === 0;
    if (isMultiple)
      return;
    payload.issues.push({
      origin: typeof payload.value,
      code: "not_multiple_of",
      divisor: def.value,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
  $ZodCheck.init(inst, def);
  def.format = def.format || "float64";
  const isInt = def.format?.includes("int");
  const origin2 = isInt ? "int" : "number";
  const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
  inst._zod.check = (payload) => {
    const input = payload.value;
    if (isInt) {
      if (!Number.isInteger(input)) {
        payload.issues.push({
          expected: origin2,
          format: def.format,
          code: "invalid_type",
          continue: false,
          input,
          inst
        });
        return;
      }
      if (!Number.isSafeInteger(input)) {
        if (input > 0) {
          payload.issues.push({
            input,
            code: "too_big",
            maximum: Number.MAX_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin: origin2,
            inclusive: true,
            continue: !def.abort
          });
        } else {
          payload.issues.push({
            input,
            code: "too_small",
            minimum: Number.MIN_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin: origin2,
            inclusive: true,
            continue: !def.abort
          });
        }
        return;
      }
    }
    if (input < minimum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_small",
        minimum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
    if (input > maximum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_big",
        maximum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCheckMaxLength = /* @__PURE__ */ $constructor("$ZodCheckMaxLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units > def.maximum ? codePointLength(input) : units;
    if (length <= def.maximum)
      return;
    const origin2 = getLengthableOrigin(input);
    payload.issues.push({
      origin: origin2,
      code: "too_big",
      maximum: def.maximum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units;
    if (length >= def.minimum)
      return;
    const origin2 = getLengthableOrigin(input);
    payload.issues.push({
      origin: origin2,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLengthEquals = /* @__PURE__ */ $constructor("$ZodCheckLengthEquals", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
    if (length === def.length)
      return;
    const origin2 = getLengthableOrigin(input);
    const tooBig = length > def.length;
    payload.issues.push({
      origin: origin2,
      ...tooBig ? { code: "too_big", maximum: def.length } : { code: "too_small", minimum: def.length },
      inclusive: true,
      exact: true,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a3, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a3 = inst._zod).check ?? (_a3.check = (payload) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload.value))
        return;
      payload.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload.value))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload.value,
      pattern: def.pattern.toString(),
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLowerCase = /* @__PURE__ */ $constructor("$ZodCheckLowerCase", (inst, def) => {
  def.pattern ?? (def.pattern = lowercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckUpperCase = /* @__PURE__ */ $constructor("$ZodCheckUpperCase", (inst, def) => {
  def.pattern ?? (def.pattern = uppercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckIncludes = /* @__PURE__ */ $constructor("$ZodCheckIncludes", (inst, def) => {
  $ZodCheck.init(inst, def);
  const escapedRegex = escapeRegex(def.includes);
  const pattern2 = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
  def.pattern = pattern2;
  inst._zod.check = (payload) => {
    if (payload.value.includes(def.includes, def.position))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "includes",
      includes: def.includes,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStartsWith = /* @__PURE__ */ $constructor("$ZodCheckStartsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern2 = new RegExp(`^${escapeRegex(def.prefix)}.*`);
  def.pattern ?? (def.pattern = pattern2);
  inst._zod.check = (payload) => {
    if (payload.value.startsWith(def.prefix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "starts_with",
      prefix: def.prefix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckEndsWith = /* @__PURE__ */ $constructor("$ZodCheckEndsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern2 = new RegExp(`.*${escapeRegex(def.suffix)}$`);
  def.pattern ?? (def.pattern = pattern2);
  inst._zod.check = (payload) => {
    if (payload.value.endsWith(def.suffix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "ends_with",
      suffix: def.suffix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckOverwrite = /* @__PURE__ */ $constructor("$ZodCheckOverwrite", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    payload.value = def.tx(payload.value);
  };
});

// node_modules/zod/v4/core/doc.js
var Doc = class {
  constructor(args = [], closed = {}) {
    this.content = [];
    this.indent = 0;
    this.args = args;
    this.closed = closed;
  }
  // the compiler catches a child's throw and keeps writing into this doc, so the indent has to unwind with it
  indented(fn) {
    this.indent += 1;
    try {
      fn(this);
    } finally {
      this.indent -= 1;
    }
  }
  write(arg) {
    if (typeof arg === "function") {
      arg(this, { execution: "sync" });
      arg(this, { execution: "async" });
      return;
    }
    const content = arg;
    const lines = content.split("\n").filter((x) => x);
    const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
    const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
    for (const line2 of dedented) {
      this.content.push(line2);
    }
  }
  compile() {
    const F = Function;
    const content = this?.content ?? [``];
    const factory = new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {
${content.join("\n")}
};`);
    return factory(...Object.values(this.closed));
  }
};

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 6
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a3;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload, checks2, ctx) => {
      if (payload.memo)
        return payload;
      let isAborted = aborted(payload);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload))
            continue;
          const shouldRun = ch._zod.def.when(payload);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload.issues.length;
        const _ = ch._zod.check(payload);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload, currLen);
          });
        } else {
          const nextLen = payload.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload;
        });
      }
      return payload;
    };
    const handleCanaryResult = (canary, payload, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload, ctx);
          });
        }
        return handleCanaryResult(canary, payload, ctx);
      }
      const result = inst._zod.parse(payload, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync2(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync2(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload, _) => {
    if (def.coerce)
      try {
        payload.value = String(payload.value);
      } catch (_2) {
      }
    if (typeof payload.value === "string")
      return payload;
    payload.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodStringFormat = /* @__PURE__ */ $constructor("$ZodStringFormat", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  $ZodString.init(inst, def);
});
var $ZodGUID = /* @__PURE__ */ $constructor("$ZodGUID", (inst, def) => {
  def.pattern ?? (def.pattern = guid);
  $ZodStringFormat.init(inst, def);
});
var $ZodUUID = /* @__PURE__ */ $constructor("$ZodUUID", (inst, def) => {
  if (def.version) {
    const versionMap = {
      v1: 1,
      v2: 2,
      v3: 3,
      v4: 4,
      v5: 5,
      v6: 6,
      v7: 7,
      v8: 8
    };
    const v = versionMap[def.version];
    if (v === void 0)
      throw new Error(`Invalid UUID version: "${def.version}"`);
    def.pattern ?? (def.pattern = uuid(v));
  } else
    def.pattern ?? (def.pattern = uuid());
  $ZodStringFormat.init(inst, def);
});
var $ZodEmail = /* @__PURE__ */ $constructor("$ZodEmail", (inst, def) => {
  def.pattern ?? (def.pattern = email);
  $ZodStringFormat.init(inst, def);
});
var URL_BAD_FORMAT = 1;
var URL_UNPARSEABLE = 2;
function canParseURL(input) {
  try {
    if (typeof URL !== "undefined" && typeof URL.canParse === "function")
      return URL.canParse(input);
    new URL(input);
    return true;
  } catch {
    return false;
  }
}
function validateURL(trimmed, def) {
  if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
    return canParseURL(trimmed) || URL_UNPARSEABLE;
  }
  return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
  if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
    return URL_BAD_FORMAT;
  }
  try {
    if (typeof URL !== "undefined") {
      const URLStatic = URL;
      if (typeof URLStatic.parse === "function")
        return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
    }
    return new URL(trimmed);
  } catch {
    return URL_UNPARSEABLE;
  }
}
var asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
  return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url2, hostname2) {
  hostname2.lastIndex = 0;
  return hostname2.test(url2.hostname);
}
function urlProtocolOk(url2, protocol) {
  protocol.lastIndex = 0;
  return protocol.test(url2.protocol.endsWith(":") ? url2.protocol.slice(0, -1) : url2.protocol);
}
var $ZodURL = /* @__PURE__ */ $constructor("$ZodURL", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    try {
      const trimmed = payload.value.trim();
      const url2 = validateURL(trimmed, def);
      if (url2 === URL_BAD_FORMAT) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid URL format",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url2 === URL_UNPARSEABLE) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url2 === true) {
        payload.value = stripTabAndNewline(trimmed);
        return;
      }
      if (def.hostname && !urlHostnameOk(url2, def.hostname)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid hostname",
          pattern: def.hostname.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      if (def.protocol && !urlProtocolOk(url2, def.protocol)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid protocol",
          pattern: def.protocol.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      payload.value = def.normalize ? url2.href : stripTabAndNewline(trimmed);
      return;
    } catch (_) {
      payload.issues.push({
        code: "invalid_format",
        format: "url",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodEmoji = /* @__PURE__ */ $constructor("$ZodEmoji", (inst, def) => {
  def.pattern ?? (def.pattern = emoji());
  $ZodStringFormat.init(inst, def);
});
var $ZodNanoID = /* @__PURE__ */ $constructor("$ZodNanoID", (inst, def) => {
  if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1))
    throw new Error(`Invalid nanoid length: ${def.length}`);
  def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID = /* @__PURE__ */ $constructor("$ZodCUID", (inst, def) => {
  def.pattern ?? (def.pattern = cuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID2 = /* @__PURE__ */ $constructor("$ZodCUID2", (inst, def) => {
  def.pattern ?? (def.pattern = cuid2);
  $ZodStringFormat.init(inst, def);
});
var $ZodULID = /* @__PURE__ */ $constructor("$ZodULID", (inst, def) => {
  def.pattern ?? (def.pattern = ulid);
  $ZodStringFormat.init(inst, def);
});
var $ZodXID = /* @__PURE__ */ $constructor("$ZodXID", (inst, def) => {
  def.pattern ?? (def.pattern = xid);
  $ZodStringFormat.init(inst, def);
});
var $ZodKSUID = /* @__PURE__ */ $constructor("$ZodKSUID", (inst, def) => {
  def.pattern ?? (def.pattern = ksuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodISODateTime = /* @__PURE__ */ $constructor("$ZodISODateTime", (inst, def) => {
  def.pattern ?? (def.pattern = datetime(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODate = /* @__PURE__ */ $constructor("$ZodISODate", (inst, def) => {
  def.pattern ?? (def.pattern = date);
  $ZodStringFormat.init(inst, def);
});
var $ZodISOTime = /* @__PURE__ */ $constructor("$ZodISOTime", (inst, def) => {
  def.pattern ?? (def.pattern = time(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODuration = /* @__PURE__ */ $constructor("$ZodISODuration", (inst, def) => {
  def.pattern ?? (def.pattern = duration);
  $ZodStringFormat.init(inst, def);
});
var $ZodIPv4 = /* @__PURE__ */ $constructor("$ZodIPv4", (inst, def) => {
  def.pattern ?? (def.pattern = ipv4);
  $ZodStringFormat.init(inst, def);
});
var ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
  if (!ipv6Alphabet.test(value))
    return false;
  return canParseURL(`http://[${value}]`);
}
var $ZodIPv6 = /* @__PURE__ */ $constructor("$ZodIPv6", (inst, def) => {
  def.pattern ?? (def.pattern = ipv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidIPv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "ipv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCIDRv4 = /* @__PURE__ */ $constructor("$ZodCIDRv4", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv4);
  $ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
  const parts = value.split("/");
  if (parts.length !== 2)
    return false;
  const [address2, prefix] = parts;
  if (!prefix)
    return false;
  const prefixNum = Number(prefix);
  if (`${prefixNum}` !== prefix)
    return false;
  if (prefixNum < 0 || prefixNum > 128)
    return false;
  return isValidIPv6(address2);
}
var $ZodCIDRv6 = /* @__PURE__ */ $constructor("$ZodCIDRv6", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidCIDRv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "cidrv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
function isValidBase64(data) {
  if (data === "")
    return true;
  if (/\s/.test(data))
    return false;
  if (data.length % 4 !== 0)
    return false;
  try {
    atob(data);
    return true;
  } catch {
    return false;
  }
}
var base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
var $ZodBase64 = /* @__PURE__ */ $constructor("$ZodBase64", (inst, def) => {
  def.pattern ?? (def.pattern = base64Charset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
  if (!base64urlCharset.test(data))
    return false;
  const base643 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
  const padded = base643.padEnd(Math.ceil(base643.length / 4) * 4, "=");
  return isValidBase64(padded);
}
var $ZodBase64URL = /* @__PURE__ */ $constructor("$ZodBase64URL", (inst, def) => {
  def.pattern ?? (def.pattern = base64urlCharset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64URL(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64url",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodE164 = /* @__PURE__ */ $constructor("$ZodE164", (inst, def) => {
  def.pattern ?? (def.pattern = e164);
  $ZodStringFormat.init(inst, def);
});
function isValidJWT(token2, algorithm3 = null) {
  try {
    const tokensParts = token2.split(".");
    if (tokensParts.length !== 3)
      return false;
    const [header] = tokensParts;
    if (!header)
      return false;
    const parsedHeader = JSON.parse(atob(header));
    if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT")
      return false;
    if (!parsedHeader.alg)
      return false;
    if (algorithm3 && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm3))
      return false;
    return true;
  } catch {
    return false;
  }
}
var $ZodJWT = /* @__PURE__ */ $constructor("$ZodJWT", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidJWT(payload.value, def.alg))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "jwt",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Number(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
      return payload;
    }
    const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
    payload.issues.push({
      expected: "number",
      code: "invalid_type",
      input,
      inst,
      ...received ? { received } : {}
    });
    return payload;
  };
});
var $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
  $ZodCheckNumberFormat.init(inst, def);
  $ZodNumber.init(inst, def);
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Boolean(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "boolean")
      return payload;
    payload.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodNull = /* @__PURE__ */ $constructor("$ZodNull", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = _null;
  inst._zod.values = /* @__PURE__ */ new Set([null]);
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (input === null)
      return payload;
    payload.issues.push({
      expected: "null",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodUnknown = /* @__PURE__ */ $constructor("$ZodUnknown", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload) => payload;
});
var $ZodNever = /* @__PURE__ */ $constructor("$ZodNever", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _ctx) => {
    payload.issues.push({
      expected: "never",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse2 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start].continue = false;
          attachSchema(payload.issues, start, inst);
          return payload;
        }
      }
    }
    return parse2(payload, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!Array.isArray(input)) {
      payload.issues.push({
        expected: "array",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input.length; i++) {
      const item = input[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
      } else {
        handleArrayResult(result, payload, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
  capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
var NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload.issues.length !== seen) {
      if (aborted(payload, seen))
        break;
      seen = payload.issues.length;
    }
    if (keySet.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload;
  return Promise.all(proms).then(() => {
    return payload;
  });
}
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get.raw = newSh;
      return newSh;
    };
    get.raw = sh;
    Object.defineProperty(def, "shape", { get });
  }
  const _normalized = cached(() => normalizeDef(def));
  defineLazyInternal(inst, "propValues", (zod) => {
    const shape = zod.def.shape;
    const propValues = {};
    for (const key in shape) {
      const field = shape[key]._zod;
      if (field.values) {
        if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
          assignProp(propValues, key, /* @__PURE__ */ new Set());
        }
        for (const v of field.values)
          propValues[key].add(v);
        if (field.optin !== void 0)
          propValues[key].add(void 0);
      }
    }
    return propValues;
  });
  const isObject3 = isObject;
  const catchall = def.catchall;
  let value;
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject3(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
    const proms = [];
    const shape = value.shape;
    const abortEarly = ctx?.abortEarly;
    let seen = payload.issues.length;
    for (const key of value.allKeys) {
      if (abortEarly && payload.issues.length !== seen) {
        if (aborted(payload, seen))
          break;
        seen = payload.issues.length;
      }
      if (key === "__proto__")
        continue;
      const el = shape[key];
      const optin = el._zod.optin;
      const optout = el._zod.optout;
      const r = el._zod.run({ value: input[key], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
      } else {
        handlePropertyResult(r, payload, key, input, optin, optout);
      }
    }
    if (!catchall) {
      return proms.length ? Promise.all(proms).then(() => payload) : payload;
    }
    return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
  };
});
var $ZodObjectJIT = /* @__PURE__ */ $constructor("$ZodObjectJIT", (inst, def) => {
  $ZodObject.init(inst, def);
  const superParse = inst._zod.parse;
  const _normalized = cached(() => normalizeDef(def));
  const memo2 = globalConfig.memoizer;
  const generateFastpass = (shape) => {
    const normalized = _normalized.value;
    const syms = normalized.symbolKeys;
    const doc = new Doc(["payload", "ctx"], { shape, inst, memo: memo2, syms });
    const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
    const prefixStr = (id5, k) => `
          let ${id5}_ab = false;
          for (let i = 0; i < ${id5}.issues.length; i++) {
            const iss = ${id5}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id5}_ab = true;
          }
          if (${id5}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
    doc.write(`const input = payload.value;`);
    const ids = /* @__PURE__ */ Object.create(null);
    let counter = 0;
    for (const key of normalized.allKeys) {
      ids[key] = `key_${counter++}`;
    }
    doc.write(memo2 ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
    for (const key of normalized.allKeys) {
      if (key === "__proto__")
        continue;
      const id5 = ids[key];
      const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
      const isPresent = `${k} in input`;
      const schema = shape[key];
      const optin = schema?._zod?.optin;
      const isOptionalIn = optin !== void 0;
      const isOptionalOut = schema?._zod?.optout === "optional";
      doc.write(`const ${id5} = ${parseStr(k)};`);
      if (isOptionalIn && isOptionalOut) {
        const assign = optin === "optional" ? `${id5}_present` : `${id5}.value !== undefined || ${id5}_present`;
        doc.write(`
        const ${id5}_present = ${isPresent};
        if (!${id5}.issues.length || ${id5}_present) {
          if (${id5}.issues.length) {${prefixStr(id5, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id5}.value;
          }
        }

      `);
      } else if (!isOptionalIn) {
        doc.write(`
        const ${id5}_present = ${isPresent};
        if (${id5}.issues.length) {${prefixStr(id5, k)}
        }
        if (!${id5}_present && !${id5}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id5}_present) {
          newResult[${k}] = ${id5}.value;
        }

      `);
      } else {
        doc.write(`
        if (${id5}.issues.length) {${prefixStr(id5, k)}
        }
      `);
        if (optin === "defaulted") {
          doc.write(`newResult[${k}] = ${id5}.value;`);
        } else {
          doc.write(`
        if (${id5}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id5}.value;
        }
      `);
        }
      }
    }
    doc.write(`payload.value = newResult;`);
    doc.write(`return payload;`);
    return doc.compile();
  };
  let fastpass;
  const isObject3 = isObject;
  const jit = !globalConfig.jitless;
  const allowsEval2 = allowsEval;
  const fastEnabled = jit && allowsEval2.value;
  const catchall = def.catchall;
  let value;
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject3(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
      if (!fastpass)
        fastpass = generateFastpass(def.shape);
      payload = fastpass(payload, ctx);
      if (!catchall)
        return payload;
      return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
    }
    return superParse(payload, ctx);
  };
});
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns2 = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns2.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload, ctx) => {
    if (first) {
      return first(payload, ctx);
    }
    let async = false;
    const results = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results, payload, inst, ctx);
    return Promise.all(results).then((results2) => {
      return handleUnionResults(results2, payload, inst, ctx);
    });
  };
});
function discriminatorMap(def) {
  const map = /* @__PURE__ */ new Map();
  for (const option of def.options) {
    const values = option._zod.propValues?.[def.discriminator];
    if (!values || values.size === 0)
      throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
    for (const value of values) {
      if (map.has(value)) {
        if (value !== void 0)
          throw new Error(`Duplicate discriminator value "${String(value)}"`);
        map.set(value, null);
      } else {
        map.set(value, option);
      }
    }
  }
  return map;
}
var $ZodDiscriminatedUnion = /* @__PURE__ */ $constructor("$ZodDiscriminatedUnion", (inst, def) => {
  def.inclusive = false;
  $ZodUnion.init(inst, def);
  const _super = inst._zod.parse;
  defineLazyInternal(inst, "propValues", (zod) => {
    const propValues = {};
    let undefinedCount = 0;
    for (const option of zod.def.options) {
      const pv = option._zod.propValues;
      if (!pv || Object.keys(pv).length === 0)
        throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
      if (pv[zod.def.discriminator]?.has(void 0))
        undefinedCount++;
      for (const [k, v] of Object.entries(pv)) {
        if (!Object.prototype.hasOwnProperty.call(propValues, k)) {
          assignProp(propValues, k, /* @__PURE__ */ new Set());
        }
        for (const val of v) {
          propValues[k].add(val);
        }
      }
    }
    if (!zod.def.unionFallback && undefinedCount > 1)
      propValues[zod.def.discriminator]?.delete(void 0);
    return propValues;
  });
  def.options.forEach((option, i) => {
    const propShape = rawShape(option._zod.def);
    if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) {
      throw new Error(`Invalid discriminated union option at index "${i}"`);
    }
  });
  const disc = cached(() => discriminatorMap(def));
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isObject(input)) {
      payload.issues.push({
        code: "invalid_type",
        expected: "object",
        input,
        inst
      });
      return payload;
    }
    const value = input?.[def.discriminator];
    const opt = disc.value.get(value);
    if (opt && (value !== void 0 || ctx.direction !== "backward")) {
      return opt._zod.run(payload, ctx);
    }
    if (def.unionFallback || ctx.direction === "backward") {
      return _super(payload, ctx);
    }
    payload.issues.push({
      code: "invalid_union",
      errors: [],
      note: "No matching discriminator",
      discriminator: def.discriminator,
      options: Array.from(disc.value.keys()).filter((value2) => disc.value.get(value2) !== null),
      input,
      path: [def.discriminator],
      inst
    });
    return payload;
  };
});
var $ZodIntersection = /* @__PURE__ */ $constructor("$ZodIntersection", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    const left = def.left._zod.run({ value: input, issues: [] }, ctx);
    const right = def.right._zod.run({ value: input, issues: [] }, ctx);
    const async = left instanceof Promise || right instanceof Promise;
    if (async) {
      return Promise.all([left, right]).then(([left2, right2]) => {
        return handleIntersectionResults(payload, left2, right2);
      });
    }
    return handleIntersectionResults(payload, left, right);
  };
});
function mergeValues(a, b) {
  if (a === b) {
    return { valid: true, data: a };
  }
  if (a instanceof Date && b instanceof Date && +a === +b) {
    return { valid: true, data: a };
  }
  if (isPlainObject(a) && isPlainObject(b)) {
    const bKeys = Object.keys(b);
    const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
    const newObj = { ...a, ...b };
    if (Object.prototype.hasOwnProperty.call(newObj, "__proto__"))
      delete newObj.__proto__;
    for (const key of sharedKeys) {
      if (key === "__proto__")
        continue;
      const sharedValue = mergeValues(a[key], b[key]);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
        };
      }
      newObj[key] = sharedValue.data;
    }
    return { valid: true, data: newObj };
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) {
      return { valid: false, mergeErrorPath: [] };
    }
    const newArray = [];
    for (let index = 0; index < a.length; index++) {
      const itemA = a[index];
      const itemB = b[index];
      const sharedValue = mergeValues(itemA, itemB);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
        };
      }
      newArray.push(sharedValue.data);
    }
    return { valid: true, data: newArray };
  }
  return { valid: false, mergeErrorPath: [] };
}
function handleIntersectionResults(result, left, right) {
  const unrecKeys = /* @__PURE__ */ new Map();
  let unrecIssue;
  const keyIssues = /* @__PURE__ */ new Map();
  const collect = (iss, side) => {
    let keys;
    if (iss.code === "unrecognized_keys" && !iss.path?.length) {
      unrecIssue ?? (unrecIssue = iss);
      keys = iss.keys;
    } else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
      const k = String(iss.path[0]);
      if (!keyIssues.has(k))
        keyIssues.set(k, iss);
      keys = [k];
    } else {
      return false;
    }
    for (const k of keys) {
      if (!unrecKeys.has(k))
        unrecKeys.set(k, {});
      unrecKeys.get(k)[side] = true;
    }
    return true;
  };
  for (const iss of left.issues) {
    if (!collect(iss, "l"))
      result.issues.push(iss);
  }
  for (const iss of right.issues) {
    if (!collect(iss, "r"))
      result.issues.push(iss);
  }
  const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
  if (bothKeys.length) {
    const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
    if (aggregated.length)
      result.issues.push({ ...unrecIssue, keys: aggregated });
    for (const k of bothKeys) {
      if (!aggregated.includes(k) && keyIssues.has(k))
        result.issues.push(keyIssues.get(k));
    }
  }
  const merged = mergeValues(left.value, right.value);
  if (!merged.valid) {
    if (aborted(result))
      return result;
    throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
  }
  result.value = merged.data;
  return result;
}
var $ZodTuple = /* @__PURE__ */ $constructor("$ZodTuple", (inst, def) => {
  $ZodType.init(inst, def);
  const items = def.items;
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!Array.isArray(input)) {
      payload.issues.push({
        input,
        inst,
        expected: "tuple",
        code: "invalid_type"
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, [], ctx) : [];
    const proms = [];
    const optinStart = getTupleOptStart(items, "optin");
    const optoutStart = getTupleOptStart(items, "optout");
    if (!def.rest) {
      if (input.length < optinStart) {
        payload.issues.push({
          code: "too_small",
          minimum: optinStart,
          inclusive: true,
          input,
          inst,
          origin: "array"
        });
        return payload;
      }
      if (input.length > items.length) {
        payload.issues.push({
          code: "too_big",
          maximum: items.length,
          inclusive: true,
          input,
          inst,
          origin: "array"
        });
      }
    }
    const itemResults = new Array(items.length);
    const abortEarly = def.rest ? ctx?.abortEarly : void 0;
    let itemAborted = false;
    for (let i = 0; i < items.length; i++) {
      const r = items[i]._zod.run({ value: input[i], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((rr) => {
          itemResults[i] = rr;
        }));
      } else {
        itemResults[i] = r;
        if (abortEarly && !itemAborted && r.issues.length)
          itemAborted = aborted(r);
      }
    }
    if (def.rest && !itemAborted) {
      let i = items.length - 1;
      const rest = input.slice(items.length);
      let seen = payload.issues.length;
      for (const el of rest) {
        if (abortEarly && payload.issues.length !== seen) {
          if (aborted(payload, seen))
            break;
          seen = payload.issues.length;
        }
        i++;
        const result = def.rest._zod.run({ value: el, issues: [] }, ctx);
        if (result instanceof Promise) {
          proms.push(result.then((r) => handleTupleResult(r, payload, i)));
        } else {
          handleTupleResult(result, payload, i);
        }
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => handleTupleResults(itemResults, payload, items, input, optoutStart));
    }
    return handleTupleResults(itemResults, payload, items, input, optoutStart);
  };
});
function getTupleOptStart(items, key) {
  for (let i = items.length - 1; i >= 0; i--) {
    const omittable = key === "optin" ? items[i]._zod.optin !== void 0 : items[i]._zod.optout === "optional";
    if (!omittable)
      return i + 1;
  }
  return 0;
}
function handleTupleResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
function handleTupleResults(itemResults, final, items, input, optoutStart) {
  for (let i = 0; i < items.length; i++) {
    const r = itemResults[i];
    const isPresent = i < input.length;
    if (!isPresent && i >= optoutStart && items[i]._zod.optin === "optional") {
      final.value.length = i;
      break;
    }
    if (r.issues.length) {
      if (!isPresent && i >= optoutStart) {
        final.value.length = i;
        break;
      }
      final.issues.push(...prefixIssues(i, r.issues));
    }
    final.value[i] = r.value;
  }
  for (let i = final.value.length - 1; i >= input.length; i--) {
    if (items[i]._zod.optout === "optional" && final.value[i] === void 0) {
      final.value.length = i;
    } else {
      break;
    }
  }
  return final;
}
var $ZodRecord = /* @__PURE__ */ $constructor("$ZodRecord", (inst, def) => {
  $ZodType.init(inst, def);
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isPlainObject(input)) {
      payload.issues.push({
        expected: "record",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    const proms = [];
    const values = def.keyType._zod.values;
    if (values && !def.partial) {
      payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
      const recordKeys = /* @__PURE__ */ new Set();
      for (const key of values) {
        if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
          recordKeys.add(typeof key === "number" ? key.toString() : key);
          if (key === "__proto__")
            continue;
          const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
          if (keyResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (keyResult.issues.length) {
            payload.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
            continue;
          }
          const outKey = keyResult.value;
          if (outKey === "__proto__")
            continue;
          const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
          if (result instanceof Promise) {
            proms.push(result.then((result2) => {
              if (result2.issues.length) {
                payload.issues.push(...prefixIssues(key, result2.issues));
              }
              payload.value[outKey] = result2.value;
            }));
          } else {
            if (result.issues.length) {
              payload.issues.push(...prefixIssues(key, result.issues));
            }
            payload.value[outKey] = result.value;
          }
        }
      }
      let unrecognized;
      for (const key in input) {
        if (!recordKeys.has(key)) {
          if (def.mode === "loose") {
            if (key === "__proto__")
              continue;
            payload.value[key] = input[key];
          } else {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          }
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    } else {
      payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
      let unrecognized;
      for (const key of Reflect.ownKeys(input)) {
        if (key === "__proto__")
          continue;
        if (!Object.prototype.propertyIsEnumerable.call(input, key))
          continue;
        let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
        if (keyResult instanceof Promise) {
          throw new Error("Async schemas not supported in object keys currently");
        }
        const checkNumericKey = typeof key === "string" && number.test(key) && keyResult.issues.length;
        if (checkNumericKey) {
          const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
          if (retryResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (retryResult.issues.length === 0) {
            keyResult = retryResult;
          }
        }
        if (keyResult.issues.length) {
          if (def.mode === "loose") {
            payload.value[key] = input[key];
          } else if (values) {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          } else {
            payload.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
          }
          continue;
        }
        const outKey = keyResult.value;
        if (outKey === "__proto__")
          continue;
        const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
        if (result instanceof Promise) {
          proms.push(result.then((result2) => {
            if (result2.issues.length) {
              payload.issues.push(...prefixIssues(key, result2.issues));
            }
            payload.value[outKey] = result2.value;
          }));
        } else {
          if (result.issues.length) {
            payload.issues.push(...prefixIssues(key, result.issues));
          }
          payload.value[outKey] = result.value;
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
});
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (valuesSet.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const values = new Set(def.values);
  inst._zod.values = values;
  defineLazyInternal(inst, "pattern", (zod) => {
    const vals = zod.def.values;
    return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (values.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values: def.values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodTransform = /* @__PURE__ */ $constructor("$ZodTransform", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "optional";
  globalConfig.memoizer?.guard(inst);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    const _out = def.transform(payload.value, payload);
    if (ctx.async) {
      const output = _out instanceof Promise ? _out : Promise.resolve(_out);
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    if (_out instanceof Promise) {
      throw new $ZodAsyncError();
    }
    payload.value = _out;
    return payload;
  };
});
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern2 = zod.def.innerType._zod.pattern;
    return pattern2 ? new RegExp(`^(${cleanRegex(pattern2.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload;
      const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload, result2));
      return handleOptionalResult(payload, result);
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodExactOptional = /* @__PURE__ */ $constructor("$ZodExactOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
  inst._zod.parse = (payload, ctx) => {
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern2 = zod.def.innerType._zod.pattern;
    return pattern2 ? new RegExp(`^(${cleanRegex(pattern2.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === null)
      return payload;
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodDefault = /* @__PURE__ */ $constructor("$ZodDefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
      return payload;
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleDefaultResult(result2, def));
    }
    return handleDefaultResult(result, def);
  };
});
function handleDefaultResult(payload, def) {
  if (payload.value === void 0) {
    payload.value = def.defaultValue;
  }
  return payload;
}
var $ZodPrefault = /* @__PURE__ */ $constructor("$ZodPrefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNonOptional = /* @__PURE__ */ $constructor("$ZodNonOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => {
    const v = zod.def.innerType._zod.values;
    return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleNonOptionalResult(result2, inst));
    }
    return handleNonOptionalResult(result, inst);
  };
});
function handleNonOptionalResult(payload, inst) {
  if (!payload.issues.length && payload.value === void 0) {
    payload.issues.push({
      code: "invalid_type",
      expected: "nonoptional",
      input: payload.value,
      inst
    });
  }
  return payload;
}
function handleCatchResult(payload, result, def, ctx) {
  if (!result.issues.length) {
    payload.value = result.value;
    if (result.memo)
      payload.memo = true;
    return payload;
  }
  payload.value = def.catchValue({
    ...result,
    value: payload.value,
    error: {
      issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config()))
    },
    input: payload.value
  });
  return payload;
}
var $ZodCatch = /* @__PURE__ */ $constructor("$ZodCatch", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleCatchResult(payload, result2, def, ctx));
    }
    return handleCatchResult(payload, result, def, ctx);
  };
});
var $ZodPipe = /* @__PURE__ */ $constructor("$ZodPipe", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      const right = def.out._zod.run(payload, ctx);
      if (right instanceof Promise) {
        return right.then((right2) => handlePipeResult(right2, def.in, ctx));
      }
      return handlePipeResult(right, def.in, ctx);
    }
    const left = def.in._zod.run(payload, ctx);
    if (left instanceof Promise) {
      return left.then((left2) => handlePipeResult(left2, def.out, ctx));
    }
    return handlePipeResult(left, def.out, ctx);
  };
});
function handlePipeResult(left, next, ctx) {
  if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
    left.aborted = true;
    return left;
  }
  return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}
var $ZodReadonly = /* @__PURE__ */ $constructor("$ZodReadonly", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then(handleReadonlyResult);
    }
    return handleReadonlyResult(result);
  };
});
function handleReadonlyResult(payload) {
  if (!payload.memo)
    payload.value = Object.freeze(payload.value);
  return payload;
}
function leafPattern(schema) {
  const def = schema._zod.def;
  let pattern2 = def.pattern;
  let isInt = !!def.format?.includes("int");
  let minimum;
  let maximum;
  for (const ch of def.checks ?? []) {
    const d = ch._zod.def;
    if (d.pattern)
      pattern2 = d.pattern;
    isInt || (isInt = !!d.format?.includes("int"));
    const lo = d.minimum ?? d.length;
    const hi = d.maximum ?? d.length;
    if (lo !== void 0 && (minimum === void 0 || lo > minimum))
      minimum = lo;
    if (hi !== void 0 && (maximum === void 0 || hi < maximum))
      maximum = hi;
  }
  if (pattern2)
    return pattern2.source;
  if (minimum !== void 0 && maximum !== void 0 && minimum > maximum)
    return "(?!)";
  if (minimum !== void 0 || maximum !== void 0)
    return string({ minimum, maximum }).source;
  const own2 = schema._zod.pattern;
  return (isInt && own2 === number ? integer : own2)?.source;
}
function partPattern(schema) {
  const def = schema._zod.def;
  const own2 = schema._zod.pattern?.source;
  const inner = def.innerType ?? schema._zod.innerType;
  if (inner) {
    const before = inner._zod.pattern?.source;
    const after = partPattern(inner);
    if (own2 && before && after && after !== before) {
      return own2.replace(cleanRegex(before), () => cleanRegex(after));
    }
    return own2;
  }
  if (def.options) {
    const sources = def.options.map(partPattern);
    if (sources.every(Boolean))
      return `^(${sources.map((s) => cleanRegex(s)).join("|")})$`;
  }
  return leafPattern(schema);
}
var $ZodTemplateLiteral = /* @__PURE__ */ $constructor("$ZodTemplateLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const regexParts = [];
  for (const part2 of def.parts) {
    if (typeof part2 === "object" && part2 !== null) {
      const source = partPattern(part2);
      if (!source) {
        throw new Error(`Invalid template literal part, no pattern found: ${[...part2._zod.traits].shift()}`);
      }
      regexParts.push(cleanRegex(source));
    } else if (part2 === null || primitiveTypes.has(typeof part2)) {
      regexParts.push(escapeRegex(`${part2}`));
    } else {
      throw new Error(`Invalid template literal part: ${part2}`);
    }
  }
  inst._zod.pattern = new RegExp(`^${regexParts.join("")}$`);
  inst._zod.parse = (payload, _ctx) => {
    if (typeof payload.value !== "string") {
      payload.issues.push({
        input: payload.value,
        inst,
        expected: "string",
        code: "invalid_type"
      });
      return payload;
    }
    inst._zod.pattern.lastIndex = 0;
    if (!inst._zod.pattern.test(payload.value)) {
      payload.issues.push({
        input: payload.value,
        inst,
        code: "invalid_format",
        format: def.format ?? "template_literal",
        pattern: inst._zod.pattern.source
      });
      return payload;
    }
    return payload;
  };
});
var $ZodLazy = /* @__PURE__ */ $constructor("$ZodLazy", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazy(inst._zod, "innerType", () => {
    const d = def;
    if (!d._cachedInner)
      d._cachedInner = def.getter();
    return d._cachedInner;
  });
  defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
  defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
  defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? void 0);
  inst._zod.parse = (payload, ctx) => {
    const inner = inst._zod.innerType;
    return inner._zod.run(payload, ctx);
  };
});
var $ZodCustom = /* @__PURE__ */ $constructor("$ZodCustom", (inst, def) => {
  $ZodCheck.init(inst, def);
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _) => {
    return payload;
  };
  inst._zod.check = (payload) => {
    const input = payload.value;
    const r = def.fn(input);
    if (r instanceof Promise) {
      return r.then((r2) => handleRefineResult(r2, payload, input, inst));
    }
    handleRefineResult(r, payload, input, inst);
    return;
  };
});
function handleRefineResult(result, payload, input, inst) {
  if (!result) {
    const _iss = {
      code: "custom",
      input,
      inst,
      // incorporates params.error into issue reporting
      path: [...inst._zod.def.path ?? []],
      // incorporates params.error into issue reporting
      continue: !inst._zod.def.abort
      // params: inst._zod.def.params,
    };
    if (inst._zod.def.params)
      _iss.params = inst._zod.def.params;
    payload.issues.push(issue(_iss));
  }
}

// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
  constructor() {
    super(`Cannot parse a reference cycle that closes through a transform`);
    this.name = "ZodCyclicError";
  }
};
var STATE = "~memo";
var NO_ISSUES = [];
function isRef(value) {
  return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
  return issues.map((iss) => iss.path ? { ...iss, path: iss.path.slice() } : { ...iss });
}
var recursive = /* @__PURE__ */ new WeakMap();
var NONE = 0;
var ASSUMED = 1;
var PROVEN = 2;
function isRecursive(inst, stack, resolve2) {
  const cached2 = recursive.get(inst);
  if (cached2 !== void 0)
    return cached2 ? PROVEN : NONE;
  if (stack.has(inst))
    return PROVEN;
  stack.add(inst);
  let result = NONE;
  const check2 = (child) => {
    if (result !== PROVEN && child?._zod) {
      const answer = isRecursive(child, stack, resolve2);
      if (answer > result)
        result = answer;
    }
  };
  const shape = (sh, spread) => {
    let answer = NONE;
    for (const key of Reflect.ownKeys(sh)) {
      const desc = Object.getOwnPropertyDescriptor(sh, key);
      if (spread && !desc.enumerable)
        continue;
      const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve2) : NONE;
      if (child > answer)
        answer = child;
    }
    return answer;
  };
  const merge2 = (answer) => {
    if (answer > result)
      result = answer;
  };
  const def = inst._zod.def;
  const kind = def.type;
  switch (kind) {
    case "object": {
      const raw2 = rawShape(def);
      merge2(raw2 ? shape(raw2, true) : ASSUMED);
      check2(def.catchall);
      break;
    }
    case "array":
      check2(def.element);
      break;
    case "tuple":
      for (const el of def.items)
        check2(el);
      check2(def.rest);
      break;
    case "record":
    case "map":
      check2(def.keyType);
      check2(def.valueType);
      break;
    case "set":
      check2(def.valueType);
      break;
    case "union":
      for (const el of def.options)
        check2(el);
      break;
    case "intersection":
      check2(def.left);
      check2(def.right);
      break;
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
    case "promise":
    case "success":
      check2(def.innerType);
      break;
    case "pipe":
      check2(def.in);
      check2(def.out);
      break;
    case "function":
      check2(def.input);
      check2(def.output);
      break;
    // `$ZodLazy` caches its inner on the def, so a resolved edge is followed exactly
    case "lazy": {
      const inner = def._cachedInner ?? (resolve2 ? inst._zod.innerType : void 0);
      merge2(inner ? isRecursive(inner, stack, false) : ASSUMED);
      break;
    }
    // a leaf by choice: `parts` are regex fragments, not data positions
    case "template_literal":
    // leaves
    case "string":
    case "number":
    case "int":
    case "boolean":
    case "bigint":
    case "symbol":
    case "undefined":
    case "null":
    case "void":
    case "never":
    case "any":
    case "unknown":
    case "date":
    case "nan":
    case "enum":
    case "literal":
    case "file":
    case "transform":
    case "custom":
      break;
    default: {
      kind;
      for (const key in def) {
        const desc = Object.getOwnPropertyDescriptor(def, key);
        if (!desc || desc.get)
          continue;
        const value = desc.value;
        if (!value || typeof value !== "object")
          continue;
        if (value._zod)
          check2(value);
        else if (Array.isArray(value))
          for (const el of value)
            check2(el);
      }
    }
  }
  stack.delete(inst);
  return settle(inst, result);
}
function settle(inst, answer) {
  if (answer !== ASSUMED)
    recursive.set(inst, answer === PROVEN);
  return answer;
}
function bucketFor(state, inst) {
  let bucket2 = state.buckets.get(inst);
  if (!bucket2) {
    bucket2 = /* @__PURE__ */ new WeakMap();
    state.buckets.set(inst, bucket2);
  }
  return bucket2;
}
var handoff;
var open = [];
var memo = {
  alloc(_inst, payload, empty) {
    const bucket2 = handoff;
    if (!bucket2)
      return empty;
    handoff = void 0;
    const entry = { value: empty, issues: null };
    bucket2.set(payload.value, entry);
    open.push(entry);
    return empty;
  },
  guard(inst) {
    var _a3;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped = (payload, ctx) => {
        if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value))
          throw new $ZodCyclicError();
        return base(payload, ctx);
      };
      inst._zod.parse = wrapped;
      if (inst._zod.run === base)
        inst._zod.run = wrapped;
    });
  },
  attach(inst) {
    var _a3;
    let isRecursiveInst;
    let rechecked = false;
    let lastCtx;
    let lastBucket;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped = (payload, ctx) => {
        if (isRecursiveInst === void 0) {
          const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
          if (walked === NONE) {
            inst._zod.parse = base;
            if (inst._zod.run === wrapped)
              inst._zod.run = base;
            return base(payload, ctx);
          }
          if (walked === PROVEN || rechecked)
            isRecursiveInst = true;
          else
            rechecked = true;
        }
        const input = payload.value;
        if (!isRef(input))
          return base(payload, ctx);
        let state = ctx[STATE];
        if (!state) {
          state = { buckets: /* @__PURE__ */ new WeakMap(), backEdges: void 0 };
          ctx[STATE] = state;
        }
        let bucket2;
        if (lastCtx === ctx) {
          bucket2 = lastBucket;
        } else {
          bucket2 = bucketFor(state, inst);
          lastCtx = ctx;
          lastBucket = bucket2;
        }
        const hit = bucket2.get(input);
        if (hit) {
          payload.value = hit.value;
          if (hit.issues) {
            if (hit.issues.length)
              payload.issues.push(...cloneIssues(hit.issues));
          } else {
            payload.memo = true;
            state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
            state.backEdges.add(hit.value);
          }
          return payload;
        }
        handoff = bucket2;
        const depth = open.length;
        const result = base(payload, ctx);
        handoff = void 0;
        const entry = open.length > depth ? open.pop() : void 0;
        if (result instanceof Promise) {
          return result.then((r) => {
            if (entry)
              entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
            return r;
          });
        }
        if (entry)
          entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
        return result;
      };
      inst._zod.parse = wrapped;
      if (inst._zod.run === base)
        inst._zod.run = wrapped;
    });
  }
};
function memoizer() {
  return memo;
}
function isBackEdge(ctx, value) {
  const backEdges = ctx[STATE]?.backEdges;
  return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

// node_modules/zod/v4/locales/en.js
var error = () => {
  const Sizable = {
    string: { unit: "characters", verb: "to have" },
    file: { unit: "bytes", verb: "to have" },
    array: { unit: "items", verb: "to have" },
    set: { unit: "items", verb: "to have" },
    map: { unit: "entries", verb: "to have" }
  };
  function getSizing(origin2) {
    return Sizable[origin2] ?? null;
  }
  const FormatDictionary = {
    regex: "input",
    email: "email address",
    url: "URL",
    emoji: "emoji",
    uuid: "UUID",
    uuidv4: "UUIDv4",
    uuidv6: "UUIDv6",
    nanoid: "nanoid",
    guid: "GUID",
    cuid: "cuid",
    cuid2: "cuid2",
    ulid: "ULID",
    xid: "XID",
    ksuid: "KSUID",
    datetime: "ISO datetime",
    date: "ISO date",
    time: "ISO time",
    duration: "ISO duration",
    ipv4: "IPv4 address",
    ipv6: "IPv6 address",
    mac: "MAC address",
    cidrv4: "IPv4 range",
    cidrv6: "IPv6 range",
    base64: "base64-encoded string",
    base64url: "base64url-encoded string",
    json_string: "JSON string",
    e164: "E.164 number",
    currency_code: "currency code",
    credit_card: "credit card number",
    iban: "IBAN",
    jwt: "JWT",
    template_literal: "input"
  };
  const TypeDictionary = {
    // Compatibility: "nan" -> "NaN" for display
    nan: "NaN"
    // All other type names omitted - they fall back to raw values via ?? operator
  };
  function getTypeName(type, input) {
    if (type === "number" && typeof input === "number" && !Number.isFinite(input)) {
      return String(input);
    }
    return TypeDictionary[type] ?? type;
  }
  return (issue2) => {
    switch (issue2.code) {
      case "invalid_type": {
        const expected = getTypeName(issue2.expected);
        const receivedType = parsedType(issue2.input);
        const received = getTypeName(receivedType, issue2.input);
        return `Invalid input: expected ${expected}, received ${received}`;
      }
      case "invalid_value":
        if (issue2.values.length === 1)
          return `Invalid input: expected ${stringifyPrimitive(issue2.values[0])}`;
        return `Invalid option: expected one of ${joinValues(issue2.values, "|")}`;
      case "too_big": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? "<=" : "<";
        const sizing = getSizing(issue2.origin);
        if (sizing)
          return `Too big: expected ${issue2.origin ?? "value"} to have ${adj}${issue2.maximum.toString()} ${sizing.unit ?? "elements"}`;
        return `Too big: expected ${issue2.origin ?? "value"} to be ${adj}${issue2.maximum.toString()}`;
      }
      case "too_small": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? ">=" : ">";
        const sizing = getSizing(issue2.origin);
        if (sizing) {
          return `Too small: expected ${issue2.origin} to have ${adj}${issue2.minimum.toString()} ${sizing.unit}`;
        }
        return `Too small: expected ${issue2.origin} to be ${adj}${issue2.minimum.toString()}`;
      }
      case "invalid_format": {
        const _issue = issue2;
        if (_issue.format === "starts_with") {
          return `Invalid string: must start with "${_issue.prefix}"`;
        }
        if (_issue.format === "ends_with")
          return `Invalid string: must end with "${_issue.suffix}"`;
        if (_issue.format === "includes")
          return `Invalid string: must include "${_issue.includes}"`;
        if (_issue.format === "regex")
          return `Invalid string: must match pattern ${_issue.pattern}`;
        return `Invalid ${FormatDictionary[_issue.format] ?? issue2.format}`;
      }
      case "not_multiple_of":
        return `Invalid number: must be a multiple of ${issue2.divisor}`;
      case "unrecognized_keys":
        return `Unrecognized key${issue2.keys.length > 1 ? "s" : ""}: ${joinValues(issue2.keys, ", ")}`;
      case "invalid_key":
        return `Invalid key in ${issue2.origin}`;
      case "invalid_union":
        if (issue2.options && Array.isArray(issue2.options) && issue2.options.length > 0) {
          const opts = issue2.options.map((o) => `'${o}'`).join(" | ");
          return `Invalid discriminator value. Expected ${opts}`;
        }
        if (issue2.inclusive === false) {
          return "Invalid input: more than one option matched";
        }
        return "Invalid input";
      case "invalid_element":
        return `Invalid value in ${issue2.origin}`;
      default:
        return `Invalid input`;
    }
  };
};
function en_default() {
  return {
    localeError: error()
  };
}

// node_modules/zod/v4/core/registries.js
var _a2;
var $ZodRegistry = class {
  constructor() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
  }
  add(schema, ..._meta) {
    const meta2 = _meta[0];
    this._map.set(schema, meta2);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.set(meta2.id, schema);
    }
    return this;
  }
  clear() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
    return this;
  }
  remove(schema) {
    const meta2 = this._map.get(schema);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.delete(meta2.id);
    }
    this._map.delete(schema);
    return this;
  }
  get(schema) {
    const p = schema._zod.parent;
    if (p) {
      const pm = { ...this.get(p) ?? {} };
      delete pm.id;
      const f = { ...pm, ...this._map.get(schema) };
      return Object.keys(f).length ? f : void 0;
    }
    return this._map.get(schema);
  }
  has(schema) {
    return this._map.has(schema);
  }
};
function registry() {
  return new $ZodRegistry();
}
(_a2 = globalThis).__zod_globalRegistry ?? (_a2.__zod_globalRegistry = registry());
var globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class2, params) {
  return new Class2(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _email(Class2, params) {
  return new Class2({
    type: "string",
    format: "email",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _guid(Class2, params) {
  return new Class2({
    type: "string",
    format: "guid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v4",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v6",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v7",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _url(Class2, params) {
  return new Class2({
    type: "string",
    format: "url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _emoji2(Class2, params) {
  return new Class2({
    type: "string",
    format: "emoji",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class2, params) {
  return new Class2({
    type: "string",
    format: "nanoid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid2",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ulid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _xid(Class2, params) {
  return new Class2({
    type: "string",
    format: "xid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ksuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _e164(Class2, params) {
  return new Class2({
    type: "string",
    format: "e164",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class2, params) {
  return new Class2({
    type: "string",
    format: "jwt",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "datetime",
    check: "string_format",
    offset: false,
    local: false,
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class2, params) {
  return new Class2({
    type: "string",
    format: "date",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "time",
    check: "string_format",
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class2, params) {
  return new Class2({
    type: "string",
    format: "duration",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _number(Class2, params) {
  return new Class2(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _int(Class2, params) {
  return new Class2({
    type: "number",
    check: "number_format",
    abort: false,
    format: "safeint",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class2, params) {
  return new Class2({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _null2(Class2, params) {
  return new Class2({
    type: "null",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class2) {
  return new Class2({
    type: "unknown"
  });
}
// @__NO_SIDE_EFFECTS__
function _never(Class2, params) {
  return new Class2({
    type: "never",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
  return new $ZodCheckMultipleOf({
    check: "multiple_of",
    ...normalizeParams(params),
    value
  });
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
  const ch = new $ZodCheckMaxLength({
    check: "max_length",
    ...normalizeParams(params),
    maximum
  });
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
  return new $ZodCheckLengthEquals({
    check: "length_equals",
    ...normalizeParams(params),
    length
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern2, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern: pattern2
  });
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
  return new $ZodCheckLowerCase({
    check: "string_format",
    format: "lowercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
  return new $ZodCheckUpperCase({
    check: "string_format",
    format: "uppercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
  return new $ZodCheckIncludes({
    check: "string_format",
    format: "includes",
    ...normalizeParams(params),
    includes
  });
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
  return new $ZodCheckStartsWith({
    check: "string_format",
    format: "starts_with",
    ...normalizeParams(params),
    prefix
  });
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
  return new $ZodCheckEndsWith({
    check: "string_format",
    format: "ends_with",
    ...normalizeParams(params),
    suffix
  });
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
  return new $ZodCheckOverwrite({
    check: "overwrite",
    tx
  });
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
  return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
  return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
  return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
  return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
  return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class2, element, params) {
  return new Class2({
    type: "array",
    element,
    // get element() {
    //   return element;
    // },
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _custom(Class2, fn, _params) {
  const norm = normalizeParams(_params);
  norm.abort ?? (norm.abort = true);
  const schema = new Class2({
    type: "custom",
    check: "custom",
    fn,
    ...norm
  });
  return schema;
}
// @__NO_SIDE_EFFECTS__
function _refine(Class2, fn, _params) {
  const schema = new Class2({
    type: "custom",
    check: "custom",
    fn,
    ...normalizeParams(_params)
  });
  return schema;
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
  const ch = /* @__PURE__ */ _check((payload) => {
    payload.addIssue = (issue2) => {
      if (typeof issue2 === "string") {
        payload.issues.push(issue(issue2, payload.value, ch._zod.def));
      } else {
        const _issue = issue2;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = ch);
        _issue.continue ?? (_issue.continue = !ch._zod.def.abort);
        payload.issues.push(issue(_issue));
      }
    };
    return fn(payload.value, payload);
  }, params);
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
  const ch = new $ZodCheck({
    check: "custom",
    ...normalizeParams(params)
  });
  ch._zod.check = fn;
  return ch;
}

// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target2, ...sources) {
  for (const source of sources) {
    for (const key of Reflect.ownKeys(source)) {
      if (Object.prototype.propertyIsEnumerable.call(source, key)) {
        assignProp(target2, key, source[key]);
      }
    }
  }
  return target2;
}
function initializeContext(params) {
  let target2 = params?.target ?? "draft-2020-12";
  if (target2 === "draft-4")
    target2 = "draft-04";
  if (target2 === "draft-7")
    target2 = "draft-07";
  return {
    processors: params.processors ?? {},
    metadataRegistry: params?.metadata ?? globalRegistry,
    target: target2,
    unrepresentable: params?.unrepresentable ?? "throw",
    override: params?.override ?? (() => {
    }),
    io: params?.io ?? "output",
    counter: 0,
    seen: /* @__PURE__ */ new Map(),
    sharedDefsExtractedFor: void 0,
    sharedEmitDoneFor: void 0,
    cycles: params?.cycles ?? "ref",
    reused: params?.reused ?? "inline",
    intersections: [],
    deferred: [],
    external: params?.external ?? void 0
  };
}
function handleUnrepresentable(schema, ctx, json2, params, message2) {
  const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({ zodSchema: schema, path: params.path, message: message2 }) : ctx.unrepresentable;
  if (result === "any")
    return false;
  if (result === void 0 || result === "throw")
    throw new Error(message2);
  Object.assign(json2, result);
  return true;
}
function processSchema(schema, ctx, _params = { path: [], schemaPath: [] }) {
  var _a3;
  const def = schema._zod.def;
  const seen = ctx.seen.get(schema);
  if (seen) {
    seen.count++;
    const isCycle = _params.schemaPath.includes(schema);
    if (isCycle) {
      seen.cycle = _params.path;
    }
    return seen.schema;
  }
  const result = { schema: {}, count: 1, cycle: void 0, path: _params.path };
  ctx.seen.set(schema, result);
  ctx.sharedDefsExtractedFor = void 0;
  ctx.sharedEmitDoneFor = void 0;
  const overrideSchema = schema._zod.toJSONSchema?.();
  if (overrideSchema) {
    result.schema = overrideSchema;
  } else {
    const params = {
      ..._params,
      schemaPath: [..._params.schemaPath, schema],
      path: _params.path
    };
    if (schema._zod.processJSONSchema) {
      schema._zod.processJSONSchema(ctx, result.schema, params);
    } else {
      const _json = result.schema;
      const processor = ctx.processors[def.type];
      if (!processor) {
        throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
      }
      processor(schema, ctx, _json, params);
    }
    const parent = schema._zod.parent;
    if (parent) {
      if (!result.ref)
        result.ref = parent;
      processSchema(parent, ctx, params);
      ctx.seen.get(parent).isParent = true;
    }
  }
  const meta2 = ctx.metadataRegistry.get(schema);
  if (meta2)
    assignProps(result.schema, meta2);
  if (ctx.io === "input" && isTransforming(schema)) {
    delete result.schema.examples;
    delete result.schema.default;
  }
  if (ctx.io === "input" && "_prefault" in result.schema)
    (_a3 = result.schema).default ?? (_a3.default = result.schema._prefault);
  delete result.schema._prefault;
  const _result = ctx.seen.get(schema);
  return _result.schema;
}
function encodeJSONPointerSegment(segment) {
  return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external)
    return;
  const idToSchema = /* @__PURE__ */ new Map();
  for (const entry of ctx.seen.entries()) {
    const id5 = ctx.metadataRegistry.get(entry[0])?.id;
    if (id5) {
      const existing = idToSchema.get(id5);
      if (existing && existing !== entry[0]) {
        throw new Error(`Duplicate schema id "${id5}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
      }
      idToSchema.set(id5, entry[0]);
    }
  }
  const makeURI = (entry) => {
    const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
    if (ctx.external) {
      const externalId = ctx.external.registry.get(entry[0])?.id;
      const uriGenerator = ctx.external.uri ?? ((id6) => id6);
      if (externalId) {
        return { ref: uriGenerator(externalId) };
      }
      const id5 = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
      entry[1].defId = id5;
      return { defId: id5, ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id5)}` };
    }
    const uriPrefix = `#`;
    const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
    if (entry[1] === root && !entry[1].schema.id) {
      return { ref: uriPrefix };
    }
    const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
    return { defId, ref: defUriPrefix + encodeJSONPointerSegment(defId) };
  };
  const extractToDef = (entry) => {
    if (entry[1].schema.$ref) {
      return;
    }
    const seen = entry[1];
    const { ref, defId } = makeURI(entry);
    seen.def = { ...seen.schema };
    if (defId)
      seen.defId = defId;
    const schema2 = seen.schema;
    for (const key in schema2) {
      delete schema2[key];
    }
    schema2.$ref = ref;
  };
  if (ctx.cycles === "throw") {
    for (const entry of ctx.seen.entries()) {
      const seen = entry[1];
      if (seen.cycle) {
        throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
      }
    }
  }
  for (const entry of ctx.seen.entries()) {
    const seen = entry[1];
    if (schema === entry[0]) {
      extractToDef(entry);
      continue;
    }
    if (ctx.external) {
      const ext = ctx.external.registry.get(entry[0])?.id;
      if (schema !== entry[0] && ext) {
        extractToDef(entry);
        continue;
      }
    }
    const id5 = ctx.metadataRegistry.get(entry[0])?.id;
    if (id5) {
      extractToDef(entry);
      continue;
    }
    if (seen.cycle) {
      extractToDef(entry);
      continue;
    }
    if (seen.count > 1) {
      if (ctx.reused === "ref") {
        extractToDef(entry);
      }
    }
  }
  if (ctx.external)
    ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
  const options = schema.anyOf;
  if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0)
    return;
  const types = [];
  for (const option of options) {
    if (!option || typeof option !== "object")
      return;
    compactTypeUnion(option);
    const keys = Object.keys(option);
    if (keys.length !== 1 || keys[0] !== "type")
      return;
    const type = option.type;
    for (const member of Array.isArray(type) ? type : [type]) {
      if (typeof member !== "string")
        return;
      if (!types.includes(member))
        types.push(member);
    }
  }
  delete schema.anyOf;
  schema.type = types.length === 1 ? types[0] : types;
}
var FOLDABLE_KEYS = /* @__PURE__ */ new Set(["type", "properties", "required", "additionalProperties"]);
var UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
  const extra = member.additionalProperties;
  if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null)
    return null;
  return Object.keys(extra).length ? extra : null;
}
function foldObjects(members4) {
  const objects = [];
  for (const member of members4) {
    if (typeof member !== "object" || member.type !== "object")
      return null;
    for (const key in member) {
      if (!FOLDABLE_KEYS.has(key))
        return null;
    }
    objects.push(member);
  }
  const properties = {};
  const required2 = /* @__PURE__ */ new Set();
  for (const object2 of objects) {
    for (const key in object2.properties) {
      if (Object.prototype.hasOwnProperty.call(properties, key))
        continue;
      const parts = [];
      for (const other of objects) {
        const part2 = other.properties?.[key] ?? undeclaredConstraint(other);
        if (part2 === null || part2 === void 0)
          continue;
        if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part2)))
          parts.push(part2);
      }
      const merged = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
      assignProp(properties, key, merged);
    }
    for (const key of object2.required ?? [])
      required2.add(key);
  }
  const folded2 = { type: "object", properties };
  if (required2.size)
    folded2.required = [...required2];
  if (objects.every((object2) => object2.additionalProperties === false)) {
    folded2.additionalProperties = false;
  } else {
    const constraints = [];
    for (const object2 of objects) {
      const constraint = undeclaredConstraint(object2);
      if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint)))
        constraints.push(constraint);
    }
    if (constraints.length === 1)
      folded2.additionalProperties = constraints[0];
    else if (constraints.length > 1)
      folded2.additionalProperties = { allOf: constraints };
  }
  return folded2;
}
function foldIntersection(json2) {
  const allOf = json2.allOf;
  if (!Array.isArray(allOf) || allOf.length < 2)
    return;
  for (const key of FOLDABLE_KEYS)
    if (key in json2)
      return;
  const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
  let folded2 = null;
  if (!unions.length) {
    folded2 = foldObjects(allOf);
  } else {
    const union2 = unions[0];
    const keyword = UNION_KEYS.find((k) => Array.isArray(union2[k]));
    if (Object.keys(union2).length !== 1)
      return;
    const rest = allOf.filter((m) => m !== union2);
    const branches = union2[keyword].map((branch) => foldObjects([...rest, branch]));
    if (branches.some((b) => !b))
      return;
    folded2 = { [keyword]: branches };
  }
  if (!folded2)
    return;
  delete json2.allOf;
  assignProps(json2, folded2);
}
function finalize(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  const flattenRef = (zodSchema) => {
    const seen = ctx.seen.get(zodSchema);
    if (seen.ref === null)
      return;
    const schema2 = seen.def ?? seen.schema;
    const _cached = { ...schema2 };
    const ref = seen.ref;
    seen.ref = null;
    if (ref) {
      flattenRef(ref);
      const refSeen = ctx.seen.get(ref);
      const refSchema = refSeen.schema;
      if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
        schema2.allOf = schema2.allOf ?? [];
        schema2.allOf.push(refSchema);
      } else {
        assignProps(schema2, refSchema);
      }
      assignProps(schema2, _cached);
      const isParentRef = zodSchema._zod.parent === ref;
      if (isParentRef) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (!(key in _cached)) {
            delete schema2[key];
          }
        }
      }
      if (refSchema.$ref && refSeen.def) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (key in refSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(refSeen.def[key])) {
            delete schema2[key];
          }
        }
      }
    }
    const parent = zodSchema._zod.parent;
    if (parent && parent !== ref) {
      flattenRef(parent);
      const parentSeen = ctx.seen.get(parent);
      if (parentSeen?.schema.$ref) {
        schema2.$ref = parentSeen.schema.$ref;
        if (parentSeen.def) {
          for (const key in schema2) {
            if (key === "$ref" || key === "allOf")
              continue;
            if (key in parentSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(parentSeen.def[key])) {
              delete schema2[key];
            }
          }
        }
      }
    }
    ctx.override({
      zodSchema,
      jsonSchema: schema2,
      path: seen.path ?? []
    });
  };
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry of [...ctx.seen.entries()].reverse()) {
      flattenRef(entry[0]);
    }
    if (ctx.target !== "openapi-3.0") {
      for (const entry of ctx.seen.entries()) {
        compactTypeUnion(entry[1].def ?? entry[1].schema);
      }
    }
    for (const rewrite of ctx.deferred)
      rewrite();
    if (ctx.intersections.length) {
      const carriers = /* @__PURE__ */ new Map();
      for (const seen of ctx.seen.values()) {
        for (const json2 of [seen.schema, seen.def]) {
          const allOf = json2?.allOf;
          if (!Array.isArray(allOf))
            continue;
          const existing = carriers.get(allOf);
          if (existing)
            existing.push(json2);
          else
            carriers.set(allOf, [json2]);
        }
      }
      for (const allOf of ctx.intersections) {
        for (const json2 of carriers.get(allOf) ?? [])
          foldIntersection(json2);
      }
    }
  }
  const result = {};
  if (ctx.target === "draft-2020-12") {
    result.$schema = "https://json-schema.org/draft/2020-12/schema";
  } else if (ctx.target === "draft-07") {
    result.$schema = "http://json-schema.org/draft-07/schema#";
  } else if (ctx.target === "draft-04") {
    result.$schema = "http://json-schema.org/draft-04/schema#";
  } else if (ctx.target === "openapi-3.0") {
  } else {
  }
  if (ctx.external?.uri) {
    const id5 = ctx.external.registry.get(schema)?.id;
    if (!id5)
      throw new Error("Schema is missing an `id` property");
    result.$id = ctx.external.uri(id5);
  }
  assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
  const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
  if (rootMetaId !== void 0 && result.id === rootMetaId)
    delete result.id;
  const defs = ctx.external?.defs ?? {};
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry of ctx.seen.entries()) {
      const seen = entry[1];
      if (seen.def && seen.defId) {
        if (seen.def.id === seen.defId)
          delete seen.def.id;
        assignProp(defs, seen.defId, seen.def);
      }
    }
  }
  if (ctx.external)
    ctx.sharedEmitDoneFor = ctx.external;
  if (ctx.external) {
  } else {
    if (Object.keys(defs).length > 0) {
      if (ctx.target === "draft-2020-12") {
        result.$defs = defs;
      } else {
        result.definitions = defs;
      }
    }
  }
  try {
    const finalized = JSON.parse(JSON.stringify(result));
    Object.defineProperty(finalized, "~standard", {
      value: {
        ...schema["~standard"],
        jsonSchema: {
          input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
          output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
        }
      },
      enumerable: false,
      writable: false
    });
    return finalized;
  } catch (_err) {
    throw new Error("Error converting schema to JSON.");
  }
}
function isTransforming(_schema, _ctx) {
  const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
  if (ctx.seen.has(_schema))
    return false;
  ctx.seen.add(_schema);
  const def = _schema._zod.def;
  if (def.type === "transform")
    return true;
  if (def.type === "array")
    return isTransforming(def.element, ctx);
  if (def.type === "set")
    return isTransforming(def.valueType, ctx);
  if (def.type === "lazy")
    return isTransforming(def.getter(), ctx);
  if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") {
    return isTransforming(def.innerType, ctx);
  }
  if (def.type === "intersection") {
    return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
  }
  if (def.type === "record" || def.type === "map") {
    return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
  }
  if (def.type === "pipe") {
    if (_schema._zod.traits.has("$ZodCodec"))
      return true;
    return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
  }
  if (def.type === "object") {
    for (const key in def.shape) {
      if (isTransforming(def.shape[key], ctx))
        return true;
    }
    return false;
  }
  if (def.type === "union") {
    for (const option of def.options) {
      if (isTransforming(option, ctx))
        return true;
    }
    return false;
  }
  if (def.type === "tuple") {
    for (const item of def.items) {
      if (isTransforming(item, ctx))
        return true;
    }
    if (def.rest && isTransforming(def.rest, ctx))
      return true;
    return false;
  }
  return false;
}
var createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
  const ctx = initializeContext({ ...params, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};
var createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
  const { libraryOptions, target: target2 } = params ?? {};
  const ctx = initializeContext({ ...libraryOptions ?? {}, target: target2, io, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};

// node_modules/zod/v4/core/json-schema-processors.js
var narrowMin = (agg, key, value) => {
  if (agg[key] === void 0 || value > agg[key])
    agg[key] = value;
};
var narrowMax = (agg, key, value) => {
  if (agg[key] === void 0 || value < agg[key])
    agg[key] = value;
};
var narrowBoth = (agg, value) => {
  narrowMin(agg, "minimum", value);
  narrowMax(agg, "maximum", value);
};
var addDivisor = (agg, value) => {
  agg.multipleOf ?? (agg.multipleOf = []);
  if (!agg.multipleOf.includes(value))
    agg.multipleOf.push(value);
};
var addPattern = (agg, pattern2) => {
  agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
  agg.patterns.add(pattern2);
};
var intersectMime = (agg, mime) => {
  agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
var setFormat = (agg, format) => {
  agg.format = format;
  if (format.includes("int"))
    agg.isInt = true;
};
var minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
var maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
var formatContributor = (ranges) => (agg, def) => {
  setFormat(agg, def.format);
  const [minimum, maximum] = ranges[def.format];
  narrowMin(agg, "minimum", minimum);
  narrowMax(agg, "maximum", maximum);
};
var contributors = {
  greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
  less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
  multiple_of: (agg, def) => addDivisor(agg, def.value),
  number_format: formatContributor(NUMBER_FORMAT_RANGES),
  bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
  min_length: minContributor,
  max_length: maxContributor,
  length_equals: (agg, def) => narrowBoth(agg, def.length),
  min_size: minContributor,
  max_size: maxContributor,
  size_equals: (agg, def) => narrowBoth(agg, def.size),
  string_format: (agg, def) => {
    setFormat(agg, def.format);
    if (def.pattern)
      addPattern(agg, def.pattern);
    if (def.format === "base64" || def.format === "base64url")
      agg.contentEncoding = def.format;
    if (def.local || def.precision === -1)
      agg.laxFormat = true;
  },
  mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
  const agg = {};
  const def = schema._zod.def;
  const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
  for (const ch of list)
    contributors[ch._zod.def.check]?.(agg, ch._zod.def);
  const bag = schema._zod.bag;
  if (bag.minimum !== void 0)
    narrowMin(agg, "minimum", bag.minimum);
  if (bag.exclusiveMinimum !== void 0)
    narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
  if (bag.maximum !== void 0)
    narrowMax(agg, "maximum", bag.maximum);
  if (bag.exclusiveMaximum !== void 0)
    narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
  if (bag.multipleOf !== void 0)
    addDivisor(agg, bag.multipleOf);
  if (bag.format !== void 0) {
    agg.format ?? (agg.format = bag.format);
    if (bag.format.includes("int"))
      agg.isInt = true;
  }
  if (bag.mime)
    intersectMime(agg, bag.mime);
  for (const pattern2 of bag.patterns ?? [])
    addPattern(agg, pattern2);
  return agg;
}
var formatMap = {
  guid: "uuid",
  url: "uri",
  datetime: "date-time",
  json_string: "json-string",
  regex: ""
  // do not set
};
var exactPatterns = /* @__PURE__ */ new Map([
  [base64Charset, base64],
  [base64urlCharset, base64url]
]);
var exactPattern = (p) => exactPatterns.get(p) ?? p;
var stringProcessor = (schema, ctx, _json, _params) => {
  const json2 = _json;
  json2.type = "string";
  const { minimum, maximum, format, patterns: patterns2, contentEncoding, laxFormat } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json2.minLength = minimum;
  if (typeof maximum === "number")
    json2.maxLength = maximum;
  if (format) {
    json2.format = formatMap[format] ?? format;
    if (json2.format === "")
      delete json2.format;
    if (format === "time" || laxFormat) {
      delete json2.format;
    }
  }
  if (contentEncoding)
    json2.contentEncoding = contentEncoding;
  if (patterns2 && patterns2.size > 0) {
    const patternList = [...patterns2].map(exactPattern);
    if (patternList.length === 1)
      json2.pattern = patternList[0].source;
    else if (patternList.length > 1) {
      json2.allOf = [
        ...patternList.map((regex) => ({
          ...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
          pattern: regex.source
        }))
      ];
    }
  }
};
var numberProcessor = (schema, ctx, _json, params) => {
  const json2 = _json;
  const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
  json2.type = isInt ? "integer" : "number";
  const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
  const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
  const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
  if (exMin) {
    if (legacy) {
      json2.minimum = exclusiveMinimum;
      json2.exclusiveMinimum = true;
    } else {
      json2.exclusiveMinimum = exclusiveMinimum;
    }
  } else if (typeof minimum === "number") {
    json2.minimum = minimum;
  }
  if (exMax) {
    if (legacy) {
      json2.maximum = exclusiveMaximum;
      json2.exclusiveMaximum = true;
    } else {
      json2.exclusiveMaximum = exclusiveMaximum;
    }
  } else if (typeof maximum === "number") {
    json2.maximum = maximum;
  }
  if (multipleOf) {
    const divisors = /* @__PURE__ */ new Set();
    for (const divisor of multipleOf) {
      if (Number.isFinite(divisor) && divisor !== 0)
        divisors.add(Math.abs(divisor));
      else
        handleUnrepresentable(schema, ctx, json2, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
    }
    const [first, ...rest] = divisors;
    if (first !== void 0)
      json2.multipleOf = first;
    if (rest.length)
      json2.allOf = [...json2.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
  }
};
var booleanProcessor = (_schema, _ctx, json2, _params) => {
  json2.type = "boolean";
};
var nullProcessor = (_schema, ctx, json2, _params) => {
  if (ctx.target === "openapi-3.0") {
    json2.type = "string";
    json2.nullable = true;
    json2.enum = [null];
  } else {
    json2.type = "null";
  }
};
var neverProcessor = (_schema, _ctx, json2, _params) => {
  json2.not = {};
};
var unknownProcessor = (_schema, _ctx, _json, _params) => {
};
var enumProcessor = (schema, _ctx, json2, _params) => {
  const def = schema._zod.def;
  const values = getEnumValues(def.entries);
  if (values.length === 0) {
    json2.not = {};
    return;
  }
  if (values.every((v) => typeof v === "number"))
    json2.type = "number";
  if (values.every((v) => typeof v === "string"))
    json2.type = "string";
  json2.enum = values;
};
var literalProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  if (def.values.length === 0) {
    json2.not = {};
    return;
  }
  const vals = [];
  for (const val of def.values) {
    if (val === void 0) {
      if (handleUnrepresentable(schema, ctx, json2, params, "Literal `undefined` cannot be represented in JSON Schema"))
        return;
    } else if (typeof val === "bigint") {
      if (handleUnrepresentable(schema, ctx, json2, params, "BigInt literals cannot be represented in JSON Schema"))
        return;
      vals.push(Number(val));
    } else {
      vals.push(val);
    }
  }
  if (vals.length === 0) {
  } else if (vals.length === 1) {
    const val = vals[0];
    json2.type = val === null ? "null" : typeof val;
    if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") {
      json2.enum = [val];
    } else {
      json2.const = val;
    }
  } else {
    if (vals.every((v) => typeof v === "number"))
      json2.type = "number";
    if (vals.every((v) => typeof v === "string"))
      json2.type = "string";
    if (vals.every((v) => typeof v === "boolean"))
      json2.type = "boolean";
    if (vals.every((v) => v === null))
      json2.type = "null";
    json2.enum = vals;
  }
};
var templateLiteralProcessor = (schema, _ctx, json2, _params) => {
  const _json = json2;
  const pattern2 = schema._zod.pattern;
  if (!pattern2)
    throw new Error("Pattern not found in template literal");
  _json.type = "string";
  _json.pattern = pattern2.source;
};
var customProcessor = (schema, ctx, json2, params) => {
  handleUnrepresentable(schema, ctx, json2, params, "Custom types cannot be represented in JSON Schema");
};
var transformProcessor = (schema, ctx, json2, params) => {
  handleUnrepresentable(schema, ctx, json2, params, "Transforms cannot be represented in JSON Schema");
};
var arrayProcessor = (schema, ctx, _json, params) => {
  const json2 = _json;
  const def = schema._zod.def;
  const { minimum, maximum } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json2.minItems = minimum;
  if (typeof maximum === "number")
    json2.maxItems = maximum;
  json2.type = "array";
  json2.items = processSchema(def.element, ctx, {
    ...params,
    path: [...params.path, "items"]
  });
};
function inputOptin(schema) {
  const def = schema._zod.def;
  if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) {
    return inputOptin(def.out);
  }
  if (def.type === "catch") {
    return inputOptin(def.innerType);
  }
  return schema._zod.optin;
}
var objectProcessor = (schema, ctx, _json, params) => {
  const json2 = _json;
  const def = schema._zod.def;
  const shape = def.shape;
  const symbolKeys = Object.getOwnPropertySymbols(shape);
  if (symbolKeys.length && handleUnrepresentable(schema, ctx, json2, params, "Symbol keys cannot be represented in JSON Schema")) {
    return;
  }
  json2.type = "object";
  json2.properties = {};
  for (const key in shape) {
    assignProp(json2.properties, key, processSchema(shape[key], ctx, {
      ...params,
      path: [...params.path, "properties", key]
    }));
  }
  const requiredKeys = [];
  for (const key of Object.keys(shape)) {
    const field = def.shape[key];
    if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) {
      requiredKeys.push(key);
    }
  }
  if (requiredKeys.length > 0) {
    json2.required = requiredKeys;
  }
  if (def.catchall?._zod.def.type === "never") {
    json2.additionalProperties = false;
  } else if (!def.catchall) {
    if (ctx.io === "output")
      json2.additionalProperties = false;
  } else if (def.catchall) {
    json2.additionalProperties = processSchema(def.catchall, ctx, {
      ...params,
      path: [...params.path, "additionalProperties"]
    });
  }
};
var unionProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  const isExclusive = def.inclusive === false;
  const options = def.options.map((x, i) => processSchema(x, ctx, {
    ...params,
    path: [...params.path, isExclusive ? "oneOf" : "anyOf", i]
  }));
  if (isExclusive) {
    json2.oneOf = options;
  } else {
    json2.anyOf = options;
  }
};
var intersectionProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  const a = processSchema(def.left, ctx, {
    ...params,
    path: [...params.path, "allOf", 0]
  });
  const b = processSchema(def.right, ctx, {
    ...params,
    path: [...params.path, "allOf", 1]
  });
  const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
  const allOf = [
    ...isSimpleIntersection(a) ? a.allOf : [a],
    ...isSimpleIntersection(b) ? b.allOf : [b]
  ];
  json2.allOf = allOf;
  ctx.intersections.push(allOf);
};
var tupleProcessor = (schema, ctx, _json, params) => {
  const json2 = _json;
  const def = schema._zod.def;
  json2.type = "array";
  const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
  const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
  const prefixItems = def.items.map((x, i) => processSchema(x, ctx, {
    ...params,
    path: [...params.path, prefixPath, i]
  }));
  const rest = def.rest ? processSchema(def.rest, ctx, {
    ...params,
    path: [...params.path, restPath, ...ctx.target === "openapi-3.0" ? [def.items.length] : []]
  }) : null;
  let minItems = def.items.length;
  while (minItems > 0) {
    const item = def.items[minItems - 1];
    const optional2 = ctx.io === "input" ? inputOptin(item) !== void 0 : item._zod.optout === "optional";
    if (!optional2)
      break;
    minItems--;
  }
  const maxItems = def.items.length;
  const isClosed = !def.rest;
  if (ctx.target === "draft-2020-12") {
    json2.prefixItems = prefixItems;
    if (isClosed) {
      json2.items = false;
    } else if (rest) {
      json2.items = rest;
    }
    if (minItems > 0)
      json2.minItems = minItems;
    if (isClosed)
      json2.maxItems = maxItems;
  } else if (ctx.target === "openapi-3.0") {
    json2.items = {
      anyOf: prefixItems
    };
    if (rest) {
      json2.items.anyOf.push(rest);
    }
    if (minItems > 0)
      json2.minItems = minItems;
    if (isClosed)
      json2.maxItems = maxItems;
  } else {
    json2.items = prefixItems;
    if (isClosed) {
      json2.additionalItems = false;
    } else if (rest) {
      json2.additionalItems = rest;
    }
    if (minItems > 0)
      json2.minItems = minItems;
    if (isClosed)
      json2.maxItems = maxItems;
  }
  const { minimum, maximum } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json2.minItems = minimum;
  if (typeof maximum === "number")
    json2.maxItems = maximum;
};
function stringifyKeyNames(bySchema, json2, visited) {
  if (json2.$ref) {
    if (visited.has(json2))
      return json2;
    visited.add(json2);
    const def = bySchema.get(json2)?.def;
    if (!def)
      return json2;
    const inlined = stringifyKeyNames(bySchema, def, visited);
    return inlined === def ? json2 : inlined;
  }
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = json2[keyword];
    if (!Array.isArray(branches))
      continue;
    const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
    if (mapped.some((branch, i) => branch !== branches[i]))
      json2 = { ...json2, [keyword]: mapped };
  }
  const types = Array.isArray(json2.type) ? json2.type : [json2.type];
  const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
  const values = json2.enum ?? (json2.const !== void 0 ? [json2.const] : void 0);
  if (!numericType && !values?.some((v) => typeof v === "number"))
    return json2;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id: id5, ...rest } = json2;
  if (rest.enum)
    rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
  else if (typeof rest.const === "number")
    rest.const = String(rest.const);
  if (!numericType)
    return rest;
  rest.type = "string";
  if (!values)
    rest.pattern = (types.includes("number") ? number : integer).source;
  return rest;
}
var pendingRecords = /* @__PURE__ */ new WeakMap();
function rewriteKeyNames(ctx) {
  const bySchema = /* @__PURE__ */ new Map();
  for (const entry of ctx.seen.values()) {
    if (entry.def && !bySchema.has(entry.schema))
      bySchema.set(entry.schema, entry);
  }
  const rewrites = /* @__PURE__ */ new Map();
  for (const record3 of pendingRecords.get(ctx) ?? []) {
    const seen = ctx.seen.get(record3);
    const names = (seen?.def ?? seen?.schema)?.propertyNames;
    if (!names || names === true || rewrites.has(names))
      continue;
    const rewritten = stringifyKeyNames(bySchema, names, /* @__PURE__ */ new Set());
    if (rewritten !== names)
      rewrites.set(names, rewritten);
  }
  if (!rewrites.size)
    return;
  for (const entry of ctx.seen.values()) {
    for (const carrier of [entry.schema, entry.def]) {
      const rewritten = carrier && rewrites.get(carrier.propertyNames);
      if (rewritten)
        carrier.propertyNames = rewritten;
    }
  }
}
var recordProcessor = (schema, ctx, _json, params) => {
  const json2 = _json;
  const def = schema._zod.def;
  json2.type = "object";
  const keyType = def.keyType;
  const patterns2 = aggregateChecks(keyType).patterns;
  if (def.mode === "loose" && patterns2 && patterns2.size > 0) {
    const valueSchema = processSchema(def.valueType, ctx, {
      ...params,
      path: [...params.path, "patternProperties", "*"]
    });
    json2.patternProperties = {};
    for (const pattern2 of patterns2) {
      assignProp(json2.patternProperties, exactPattern(pattern2).source, valueSchema);
    }
  } else {
    if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
      json2.propertyNames = processSchema(def.keyType, ctx, {
        ...params,
        path: [...params.path, "propertyNames"]
      });
      let pending = pendingRecords.get(ctx);
      if (!pending) {
        pending = [];
        pendingRecords.set(ctx, pending);
        ctx.deferred.push(() => rewriteKeyNames(ctx));
      }
      pending.push(schema);
    }
    json2.additionalProperties = processSchema(def.valueType, ctx, {
      ...params,
      path: [...params.path, "additionalProperties"]
    });
  }
  const keyValues = keyType._zod.values;
  const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
  if (keyValues && !def.partial && !omittableOnInput) {
    const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
    if (validKeyValues.length > 0) {
      json2.required = validKeyValues.map(String);
    }
  }
};
var nullableProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  const inner = processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  if (ctx.target === "openapi-3.0") {
    seen.ref = def.innerType;
    json2.nullable = true;
  } else {
    json2.anyOf = [inner, { type: "null" }];
  }
};
var nonoptionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var UNREPRESENTABLE_DEFAULT = /* @__PURE__ */ Symbol();
function serializeDefaultValue(value, schema, ctx, json2, params) {
  let unrepresentable = false;
  const serialized = JSON.stringify(value, (_, val) => {
    if (typeof val !== "bigint")
      return val;
    unrepresentable = true;
    return null;
  });
  if (!unrepresentable)
    return JSON.parse(serialized);
  handleUnrepresentable(schema, ctx, json2, params, "BigInt defaults cannot be represented in JSON Schema");
  return UNREPRESENTABLE_DEFAULT;
}
var defaultProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json2, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json2.default = value;
};
var prefaultProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  if (ctx.io !== "input")
    return;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json2, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json2._prefault = value;
};
var catchProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  let catchValue;
  try {
    catchValue = def.catchValue(void 0);
  } catch {
    handleUnrepresentable(schema, ctx, json2, params, "Dynamic catch values are not supported in JSON Schema");
    return;
  }
  json2.default = catchValue;
};
var pipeProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  const inIsTransform = def.in._zod.traits.has("$ZodTransform");
  const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
  processSchema(innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = innerType;
};
var readonlyProcessor = (schema, ctx, json2, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  json2.readOnly = true;
};
var optionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var lazyProcessor = (schema, ctx, _json, params) => {
  const innerType = schema._zod.innerType;
  processSchema(innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = innerType;
};

// node_modules/zod/v4/classic/errors.js
var _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
  Object.defineProperty(proto, key, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make(this);
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
    }
  });
}
var initializer2 = (inst, issues) => {
  $ZodError.init(inst, issues);
  inst.name = "ZodError";
  const proto = Object.getPrototypeOf(inst);
  if (_installedErrorProtos.has(proto))
    return;
  _installedErrorProtos.add(proto);
  _lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
  _lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
  _lazyMethod(proto, "addIssue", (self) => (issue2) => {
    self.issues.push(issue2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  _lazyMethod(proto, "addIssues", (self) => (issues2) => {
    self.issues.push(...issues2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  Object.defineProperty(proto, "isEmpty", {
    configurable: true,
    enumerable: false,
    get() {
      return this.issues.length === 0;
    }
  });
};
var ZodRealError = /* @__PURE__ */ $constructor("ZodError", initializer2, void 0, {
  Parent: Error
});

// node_modules/zod/v4/classic/parse.js
var parse = /* @__PURE__ */ _parse(ZodRealError);
var parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
var safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
var safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
var encode = /* @__PURE__ */ _encode(ZodRealError);
var decode = /* @__PURE__ */ _decode(ZodRealError);
var encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
var decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
var safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
var safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
var safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
var safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
  if (!globalConfig.localeError)
    config(en_default());
}
function _ensureDefaultMemoizer() {
  if (!globalConfig.memoizer)
    config({ memoizer: memoizer() });
}
var ZodType = /* @__PURE__ */ $constructor("ZodType", (inst, def) => {
  _ensureDefaultLocale();
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
  return inst;
}, {
  check(...chks) {
    const def = this.def;
    return this.clone(util_exports.mergeDefs(def, {
      checks: [
        ...def.checks ?? [],
        ...chks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }), { parent: true });
  },
  with(...chks) {
    return this.check(...chks);
  },
  clone(def, params) {
    return clone(this, def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  refine(check2, params) {
    return this.check(refine(check2, params));
  },
  superRefine(refinement, params) {
    return this.check(superRefine(refinement, params));
  },
  overwrite(fn) {
    return this.check(_overwrite(fn));
  },
  optional() {
    return optional(this);
  },
  exactOptional() {
    return exactOptional(this);
  },
  nullable() {
    return nullable(this);
  },
  nullish() {
    return optional(nullable(this));
  },
  nonoptional(params) {
    return nonoptional(this, params);
  },
  array() {
    return array(this);
  },
  or(arg) {
    return union([this, arg]);
  },
  and(arg) {
    return intersection(this, arg);
  },
  transform(tx) {
    return pipe(this, transform(tx));
  },
  default(d) {
    return _default(this, d);
  },
  prefault(d) {
    return prefault(this, d);
  },
  catch(params) {
    return _catch(this, params);
  },
  pipe(target2) {
    return pipe(this, target2);
  },
  readonly() {
    return readonly(this);
  },
  describe(description) {
    const cl = this.clone();
    globalRegistry.add(cl, { description });
    return cl;
  },
  meta(...args) {
    if (args.length === 0)
      return globalRegistry.get(this);
    const cl = this.clone();
    globalRegistry.add(cl, args[0]);
    return cl;
  },
  isOptional() {
    return this.safeParse(void 0).success;
  },
  isNullable() {
    return this.safeParse(null).success;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  },
  // Overrides core's `~standard` to add `jsonSchema`. Must stay a prototype entry: redefining it per instance demotes instances to dictionary mode.
  get "~standard"() {
    return util_exports.hide(this, "~standard", {
      ...standardProps(this),
      jsonSchema: {
        input: createStandardJSONSchemaMethod(this, "input"),
        output: createStandardJSONSchemaMethod(this, "output")
      }
    });
  },
  set "~standard"(value) {
    util_exports.own(this, "~standard", value);
  },
  parse: function _parse2(data, params) {
    return parse(this, data, params, { callee: _parse2 });
  },
  parseAsync: async function _parseAsync2(data, params) {
    return await parseAsync(this, data, params, { callee: _parseAsync2 });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  async safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  // `spa` is an alias: same function object as `safeParseAsync`, as before.
  get spa() {
    return this?.safeParseAsync;
  },
  set spa(value) {
    util_exports.own(this, "spa", value);
  },
  validate(data, params) {
    return validate(this, data, params);
  },
  validateAsync(data, params) {
    return validateAsync(this, data, params);
  },
  encode: function _encode2(data, params) {
    return encode(this, data, params, { callee: _encode2 });
  },
  decode: function _decode2(data, params) {
    return decode(this, data, params, { callee: _decode2 });
  },
  encodeAsync: async function _encodeAsync2(data, params) {
    return await encodeAsync(this, data, params, { callee: _encodeAsync2 });
  },
  decodeAsync: async function _decodeAsync2(data, params) {
    return await decodeAsync(this, data, params, { callee: _decodeAsync2 });
  },
  safeEncode(data, params) {
    return safeEncode(this, data, params);
  },
  safeDecode(data, params) {
    return safeDecode(this, data, params);
  },
  async safeEncodeAsync(data, params) {
    return safeEncodeAsync(this, data, params);
  },
  async safeDecodeAsync(data, params) {
    return safeDecodeAsync(this, data, params);
  },
  toJSONSchema(params) {
    return createToJSONSchemaMethod(this, {})(params);
  },
  // Reads through to the registry on every access, so it must not cache.
  get description() {
    return globalRegistry.get(this)?.description;
  },
  // No setter: `schema._def = x` throws, as it did when `_def` was a non-writable own property.
  get _def() {
    return this._zod.def;
  }
});
var _ZodString = /* @__PURE__ */ $constructor(
  "_ZodString",
  (inst, def) => {
    $ZodString.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json2, params) => stringProcessor(inst, ctx, json2, params);
  },
  /* @__PURE__ */ util_exports.derived({
    format: (inst) => aggregateChecks(inst).format ?? null,
    minLength: (inst) => aggregateChecks(inst).minimum ?? null,
    maxLength: (inst) => aggregateChecks(inst).maximum ?? null
  }, {
    regex(...args) {
      return this.check(_regex(...args));
    },
    includes(...args) {
      return this.check(_includes(...args));
    },
    startsWith(...args) {
      return this.check(_startsWith(...args));
    },
    endsWith(...args) {
      return this.check(_endsWith(...args));
    },
    min(...args) {
      return this.check(_minLength(...args));
    },
    max(...args) {
      return this.check(_maxLength(...args));
    },
    length(...args) {
      return this.check(_length(...args));
    },
    nonempty(...args) {
      return this.check(_minLength(1, ...args));
    },
    lowercase(params) {
      return this.check(_lowercase(params));
    },
    uppercase(params) {
      return this.check(_uppercase(params));
    },
    trim() {
      return this.check(_trim());
    },
    normalize(...args) {
      return this.check(_normalize(...args));
    },
    toLowerCase() {
      return this.check(_toLowerCase());
    },
    toUpperCase() {
      return this.check(_toUpperCase());
    },
    slugify() {
      return this.check(_slugify());
    }
  })
);
var ZodString = /* @__PURE__ */ $constructor("ZodString", (inst, def) => {
  $ZodString.init(inst, def);
  _ZodString.init(inst, def);
}, {
  email(params) {
    return this.check(_email(ZodEmail, params));
  },
  url(params) {
    return this.check(_url(ZodURL, params));
  },
  jwt(params) {
    return this.check(_jwt(ZodJWT, params));
  },
  emoji(params) {
    return this.check(_emoji2(ZodEmoji, params));
  },
  guid(params) {
    return this.check(_guid(ZodGUID, params));
  },
  uuid(params) {
    return this.check(_uuid(ZodUUID, params));
  },
  uuidv4(params) {
    return this.check(_uuidv4(ZodUUID, params));
  },
  uuidv6(params) {
    return this.check(_uuidv6(ZodUUID, params));
  },
  uuidv7(params) {
    return this.check(_uuidv7(ZodUUID, params));
  },
  nanoid(params) {
    return this.check(_nanoid(ZodNanoID, params));
  },
  cuid(params) {
    return this.check(_cuid(ZodCUID, params));
  },
  cuid2(params) {
    return this.check(_cuid2(ZodCUID2, params));
  },
  ulid(params) {
    return this.check(_ulid(ZodULID, params));
  },
  base64(params) {
    return this.check(_base64(ZodBase64, params));
  },
  base64url(params) {
    return this.check(_base64url(ZodBase64URL, params));
  },
  xid(params) {
    return this.check(_xid(ZodXID, params));
  },
  ksuid(params) {
    return this.check(_ksuid(ZodKSUID, params));
  },
  ipv4(params) {
    return this.check(_ipv4(ZodIPv4, params));
  },
  ipv6(params) {
    return this.check(_ipv6(ZodIPv6, params));
  },
  cidrv4(params) {
    return this.check(_cidrv4(ZodCIDRv4, params));
  },
  cidrv6(params) {
    return this.check(_cidrv6(ZodCIDRv6, params));
  },
  e164(params) {
    return this.check(_e164(ZodE164, params));
  },
  datetime(params) {
    return this.check(_isoDateTime(ZodISODateTime, params));
  },
  date(params) {
    return this.check(_isoDate(ZodISODate, params));
  },
  time(params) {
    return this.check(_isoTime(ZodISOTime, params));
  },
  duration(params) {
    return this.check(_isoDuration(ZodISODuration, params));
  }
});
function string2(params) {
  return _string(ZodString, params);
}
var ZodStringFormat = /* @__PURE__ */ $constructor("ZodStringFormat", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  _ZodString.init(inst, def);
});
var ZodISODateTime = /* @__PURE__ */ $constructor("ZodISODateTime", (inst, def) => {
  $ZodISODateTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODate = /* @__PURE__ */ $constructor("ZodISODate", (inst, def) => {
  $ZodISODate.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISOTime = /* @__PURE__ */ $constructor("ZodISOTime", (inst, def) => {
  $ZodISOTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODuration = /* @__PURE__ */ $constructor("ZodISODuration", (inst, def) => {
  $ZodISODuration.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmail = /* @__PURE__ */ $constructor("ZodEmail", (inst, def) => {
  $ZodEmail.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodGUID = /* @__PURE__ */ $constructor("ZodGUID", (inst, def) => {
  $ZodGUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodUUID = /* @__PURE__ */ $constructor("ZodUUID", (inst, def) => {
  $ZodUUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodURL = /* @__PURE__ */ $constructor("ZodURL", (inst, def) => {
  $ZodURL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
function url(params) {
  return _url(ZodURL, params);
}
var ZodEmoji = /* @__PURE__ */ $constructor("ZodEmoji", (inst, def) => {
  $ZodEmoji.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNanoID = /* @__PURE__ */ $constructor("ZodNanoID", (inst, def) => {
  $ZodNanoID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID = /* @__PURE__ */ $constructor("ZodCUID", (inst, def) => {
  $ZodCUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID2 = /* @__PURE__ */ $constructor("ZodCUID2", (inst, def) => {
  $ZodCUID2.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodULID = /* @__PURE__ */ $constructor("ZodULID", (inst, def) => {
  $ZodULID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodXID = /* @__PURE__ */ $constructor("ZodXID", (inst, def) => {
  $ZodXID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodKSUID = /* @__PURE__ */ $constructor("ZodKSUID", (inst, def) => {
  $ZodKSUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv4 = /* @__PURE__ */ $constructor("ZodIPv4", (inst, def) => {
  $ZodIPv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv6 = /* @__PURE__ */ $constructor("ZodIPv6", (inst, def) => {
  $ZodIPv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv4 = /* @__PURE__ */ $constructor("ZodCIDRv4", (inst, def) => {
  $ZodCIDRv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv6 = /* @__PURE__ */ $constructor("ZodCIDRv6", (inst, def) => {
  $ZodCIDRv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodBase64 = /* @__PURE__ */ $constructor("ZodBase64", (inst, def) => {
  $ZodBase64.init(inst, def);
  ZodStringFormat.init(inst, def);
});
function base642(params) {
  return _base64(ZodBase64, params);
}
var ZodBase64URL = /* @__PURE__ */ $constructor("ZodBase64URL", (inst, def) => {
  $ZodBase64URL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
function base64url2(params) {
  return _base64url(ZodBase64URL, params);
}
var ZodE164 = /* @__PURE__ */ $constructor("ZodE164", (inst, def) => {
  $ZodE164.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodJWT = /* @__PURE__ */ $constructor("ZodJWT", (inst, def) => {
  $ZodJWT.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNumber = /* @__PURE__ */ $constructor(
  "ZodNumber",
  (inst, def) => {
    $ZodNumber.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json2, params) => numberProcessor(inst, ctx, json2, params);
    inst.isFinite = true;
  },
  /* @__PURE__ */ util_exports.derived({
    minValue: (inst) => {
      const { minimum, exclusiveMinimum } = aggregateChecks(inst);
      return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
    },
    maxValue: (inst) => {
      const { maximum, exclusiveMaximum } = aggregateChecks(inst);
      return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
    },
    isInt: (inst) => {
      const { isInt, multipleOf } = aggregateChecks(inst);
      return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
    },
    format: (inst) => aggregateChecks(inst).format ?? null
  }, {
    gt(value, params) {
      return this.check(_gt(value, params));
    },
    gte(value, params) {
      return this.check(_gte(value, params));
    },
    min(value, params) {
      return this.check(_gte(value, params));
    },
    lt(value, params) {
      return this.check(_lt(value, params));
    },
    lte(value, params) {
      return this.check(_lte(value, params));
    },
    max(value, params) {
      return this.check(_lte(value, params));
    },
    int(params) {
      return this.check(int(params));
    },
    safe(params) {
      return this.check(int(params));
    },
    positive(params) {
      return this.check(_gt(0, params));
    },
    nonnegative(params) {
      return this.check(_gte(0, params));
    },
    negative(params) {
      return this.check(_lt(0, params));
    },
    nonpositive(params) {
      return this.check(_lte(0, params));
    },
    multipleOf(value, params) {
      return this.check(_multipleOf(value, params));
    },
    step(value, params) {
      return this.check(_multipleOf(value, params));
    },
    finite() {
      return this;
    }
  })
);
function number2(params) {
  return _number(ZodNumber, params);
}
var ZodNumberFormat = /* @__PURE__ */ $constructor("ZodNumberFormat", (inst, def) => {
  $ZodNumberFormat.init(inst, def);
  ZodNumber.init(inst, def);
});
function int(params) {
  return _int(ZodNumberFormat, params);
}
var ZodBoolean = /* @__PURE__ */ $constructor("ZodBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => booleanProcessor(inst, ctx, json2, params);
});
function boolean2(params) {
  return _boolean(ZodBoolean, params);
}
var ZodNull = /* @__PURE__ */ $constructor("ZodNull", (inst, def) => {
  $ZodNull.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => nullProcessor(inst, ctx, json2, params);
});
function _null3(params) {
  return _null2(ZodNull, params);
}
var ZodUnknown = /* @__PURE__ */ $constructor("ZodUnknown", (inst, def) => {
  $ZodUnknown.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => unknownProcessor(inst, ctx, json2, params);
});
function unknown() {
  return _unknown(ZodUnknown);
}
var ZodNever = /* @__PURE__ */ $constructor("ZodNever", (inst, def) => {
  $ZodNever.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => neverProcessor(inst, ctx, json2, params);
});
function never(params) {
  return _never(ZodNever, params);
}
var ZodArray = /* @__PURE__ */ $constructor("ZodArray", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodArray.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => arrayProcessor(inst, ctx, json2, params);
  inst.element = def.element;
}, {
  min(n, params) {
    return this.check(_minLength(n, params));
  },
  nonempty(params) {
    return this.check(_minLength(1, params));
  },
  max(n, params) {
    return this.check(_maxLength(n, params));
  },
  length(n, params) {
    return this.check(_length(n, params));
  },
  unwrap() {
    return this.element;
  }
});
function array(element, params) {
  return _array(ZodArray, element, params);
}
var ZodObject = /* @__PURE__ */ $constructor("ZodObject", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodObjectJIT.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => objectProcessor(inst, ctx, json2, params);
  util_exports.installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
  keyof() {
    return _enum(Object.keys(this._zod.def.shape));
  },
  catchall(catchall) {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall }));
  },
  passthrough() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: unknown() }));
  },
  loose() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: unknown() }));
  },
  strict() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: never() }));
  },
  strip() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: void 0 }));
  },
  extend(incoming) {
    return util_exports.extend(this, incoming);
  },
  safeExtend(incoming) {
    return util_exports.safeExtend(this, incoming);
  },
  merge(other) {
    return util_exports.merge(this, other);
  },
  pick(mask) {
    return util_exports.pick(this, mask);
  },
  omit(mask) {
    return util_exports.omit(this, mask);
  },
  partial(...args) {
    return util_exports.partial(ZodOptional, this, args[0]);
  },
  exactPartial(...args) {
    return util_exports.partial(ZodExactOptional, this, args[0], "exactPartial");
  },
  required(...args) {
    return util_exports.required(ZodNonOptional, this, args[0]);
  }
});
function object(shape, params) {
  const def = {
    type: "object",
    shape: shape ?? {},
    ...util_exports.normalizeParams(params)
  };
  return new ZodObject(def);
}
function strictObject(shape, params) {
  return new ZodObject({
    type: "object",
    shape,
    catchall: never(),
    ...util_exports.normalizeParams(params)
  });
}
function looseObject(shape, params) {
  return new ZodObject({
    type: "object",
    shape,
    catchall: unknown(),
    ...util_exports.normalizeParams(params)
  });
}
var ZodUnion = /* @__PURE__ */ $constructor("ZodUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => unionProcessor(inst, ctx, json2, params);
  inst.options = def.options;
});
function union(options, params) {
  return new ZodUnion({
    type: "union",
    options,
    ...util_exports.normalizeParams(params)
  });
}
var ZodDiscriminatedUnion = /* @__PURE__ */ $constructor("ZodDiscriminatedUnion", (inst, def) => {
  ZodUnion.init(inst, def);
  $ZodDiscriminatedUnion.init(inst, def);
});
function discriminatedUnion(discriminator, options, params) {
  return new ZodDiscriminatedUnion({
    type: "union",
    options,
    discriminator,
    ...util_exports.normalizeParams(params)
  });
}
var ZodIntersection = /* @__PURE__ */ $constructor("ZodIntersection", (inst, def) => {
  $ZodIntersection.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => intersectionProcessor(inst, ctx, json2, params);
});
function intersection(left, right) {
  return new ZodIntersection({
    type: "intersection",
    left,
    right
  });
}
var ZodTuple = /* @__PURE__ */ $constructor("ZodTuple", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodTuple.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => tupleProcessor(inst, ctx, json2, params);
}, {
  rest(rest) {
    return this.clone({
      ...this._zod.def,
      rest
    });
  },
  partial() {
    const def = this._zod.def;
    if (def.checks?.length)
      throw new Error(".partial() cannot be used on tuple schemas containing refinements");
    return this.clone({
      ...def,
      items: def.items.map((item) => new ZodOptional({ type: "optional", innerType: item }))
    });
  }
});
function tuple(items, _paramsOrRest, _params) {
  const hasRest = _paramsOrRest instanceof $ZodType;
  const params = hasRest ? _params : _paramsOrRest;
  const rest = hasRest ? _paramsOrRest : null;
  return new ZodTuple({
    type: "tuple",
    items,
    rest,
    ...util_exports.normalizeParams(params)
  });
}
var ZodRecord = /* @__PURE__ */ $constructor("ZodRecord", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodRecord.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => recordProcessor(inst, ctx, json2, params);
  inst.keyType = def.keyType;
  inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
  if (!valueType || !valueType._zod) {
    return new ZodRecord({
      type: "record",
      keyType: string2(),
      valueType: keyType,
      ...util_exports.normalizeParams(valueType)
    });
  }
  return new ZodRecord({
    type: "record",
    keyType,
    valueType,
    ...util_exports.normalizeParams(params)
  });
}
var ZodEnum = /* @__PURE__ */ $constructor("ZodEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => enumProcessor(inst, ctx, json2, params);
  inst.enum = def.entries;
  inst.options = [...inst._zod.values];
  const keys = new Set(Object.keys(def.entries));
  inst.extract = (values, params) => {
    const newEntries = {};
    for (const value of values) {
      if (keys.has(value)) {
        newEntries[value] = def.entries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
  inst.exclude = (values, params) => {
    const newEntries = { ...def.entries };
    for (const value of values) {
      if (keys.has(value)) {
        delete newEntries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
});
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodEnum({
    type: "enum",
    entries,
    ...util_exports.normalizeParams(params)
  });
}
var ZodLiteral = /* @__PURE__ */ $constructor("ZodLiteral", (inst, def) => {
  $ZodLiteral.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => literalProcessor(inst, ctx, json2, params);
  inst.values = new Set(def.values);
  Object.defineProperty(inst, "value", {
    get() {
      if (def.values.length > 1) {
        throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
      }
      return def.values[0];
    }
  });
});
function literal(value, params) {
  return new ZodLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...util_exports.normalizeParams(params)
  });
}
var ZodTransform = /* @__PURE__ */ $constructor("ZodTransform", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodTransform.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => transformProcessor(inst, ctx, json2, params);
  inst._zod.parse = (payload, _ctx) => {
    if (_ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    payload.addIssue = (issue2) => {
      if (typeof issue2 === "string") {
        payload.issues.push(util_exports.issue(issue2, payload.value, def));
      } else {
        const _issue = issue2;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = inst);
        payload.issues.push(util_exports.issue(_issue));
      }
    };
    const output = def.transform(payload.value, payload);
    if (output instanceof Promise) {
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    payload.value = output;
    return payload;
  };
});
function transform(fn) {
  return new ZodTransform({
    type: "transform",
    transform: fn
  });
}
var ZodOptional = /* @__PURE__ */ $constructor("ZodOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => optionalProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
  return new ZodOptional({
    type: "optional",
    innerType
  });
}
var ZodExactOptional = /* @__PURE__ */ $constructor("ZodExactOptional", (inst, def) => {
  $ZodExactOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => optionalProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
  return new ZodExactOptional({
    type: "optional",
    innerType
  });
}
var ZodNullable = /* @__PURE__ */ $constructor("ZodNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => nullableProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
  return new ZodNullable({
    type: "nullable",
    innerType
  });
}
var ZodDefault = /* @__PURE__ */ $constructor("ZodDefault", (inst, def) => {
  $ZodDefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => defaultProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
  return new ZodDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodPrefault = /* @__PURE__ */ $constructor("ZodPrefault", (inst, def) => {
  $ZodPrefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => prefaultProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
  return new ZodPrefault({
    type: "prefault",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodNonOptional = /* @__PURE__ */ $constructor("ZodNonOptional", (inst, def) => {
  $ZodNonOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => nonoptionalProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
  return new ZodNonOptional({
    type: "nonoptional",
    innerType,
    ...util_exports.normalizeParams(params)
  });
}
var ZodCatch = /* @__PURE__ */ $constructor("ZodCatch", (inst, def) => {
  $ZodCatch.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => catchProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
  return new ZodCatch({
    type: "catch",
    innerType,
    catchValue: typeof catchValue === "function" ? catchValue : util_exports.constantCatch(catchValue)
  });
}
var ZodPipe = /* @__PURE__ */ $constructor("ZodPipe", (inst, def) => {
  $ZodPipe.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => pipeProcessor(inst, ctx, json2, params);
  inst.in = def.in;
  inst.out = def.out;
});
function pipe(in_, out) {
  return new ZodPipe({
    type: "pipe",
    in: in_,
    out
    // ...util.normalizeParams(params),
  });
}
var ZodReadonly = /* @__PURE__ */ $constructor("ZodReadonly", (inst, def) => {
  $ZodReadonly.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => readonlyProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
  return new ZodReadonly({
    type: "readonly",
    innerType
  });
}
var ZodTemplateLiteral = /* @__PURE__ */ $constructor("ZodTemplateLiteral", (inst, def) => {
  $ZodTemplateLiteral.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => templateLiteralProcessor(inst, ctx, json2, params);
});
function templateLiteral(parts, params) {
  return new ZodTemplateLiteral({
    type: "template_literal",
    parts,
    ...util_exports.normalizeParams(params)
  });
}
var ZodLazy = /* @__PURE__ */ $constructor("ZodLazy", (inst, def) => {
  $ZodLazy.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => lazyProcessor(inst, ctx, json2, params);
  inst.unwrap = () => inst._zod.def.getter();
});
function lazy(getter) {
  return new ZodLazy({
    type: "lazy",
    getter
  });
}
var ZodCustom = /* @__PURE__ */ $constructor("ZodCustom", (inst, def) => {
  $ZodCustom.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json2, params) => customProcessor(inst, ctx, json2, params);
});
function custom(fn, _params) {
  return _custom(ZodCustom, fn ?? (() => true), _params);
}
function refine(fn, _params = {}) {
  return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
  return _superRefine(fn, params);
}
function json(params) {
  const jsonSchema = lazy(() => {
    return union([string2(params), number2(), boolean2(), _null3(), array(jsonSchema), record(string2(), jsonSchema)]);
  });
  return jsonSchema;
}

// node_modules/zod/v4/classic/iso.js
var iso_exports = {};
__export(iso_exports, {
  ZodISODate: () => ZodISODate,
  ZodISODateTime: () => ZodISODateTime,
  ZodISODuration: () => ZodISODuration,
  ZodISOTime: () => ZodISOTime,
  date: () => date2,
  datetime: () => datetime2,
  duration: () => duration2,
  time: () => time2
});
function datetime2(params) {
  return _isoDateTime(ZodISODateTime, params);
}
function date2(params) {
  return _isoDate(ZodISODate, params);
}
function time2(params) {
  return _isoTime(ZodISOTime, params);
}
function duration2(params) {
  return _isoDuration(ZodISODuration, params);
}

// shared/platforms/platform.ts
var PLATFORM_NAMES = ["github", "gitlab"];
var MAX_TOKEN_LIFETIME = 22e3;
function hasControlCharacter(text8) {
  for (let index = 0; index < text8.length; index++) {
    const unit = text8.charCodeAt(index);
    if (unit < 32 || unit >= 127 && unit <= 159 || unit === 8232 || unit === 8233) return true;
  }
  return false;
}
function textClaim(value) {
  return typeof value === "string" ? value : void 0;
}
function foldAscii(value) {
  return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

// shared/break-glass.ts
var line = (most) => string2().min(1).max(most).refine((text8) => !hasControlCharacter(text8) && text8.trim() === text8, "one line, without space around it");
var envelopeId = string2().regex(/^[0-9a-f]{32}$/);
var instant = iso_exports.datetime();
var personSchema = line(100);
var person = strictObject({
  person: personSchema,
  /** SHA-256 of the raw X25519 public key, base64url. */
  key: string2().regex(/^[A-Za-z0-9_-]{43}$/)
});
var envelopeSchema = strictObject({
  break_glass: literal(1),
  id: envelopeId,
  /** What is inside, for people. */
  name: line(200),
  sealed_at: instant,
  /** When the credential inside ends at its upstream. */
  until: instant,
  people: tuple([person, person]).readonly(),
  /** The layer that is opened next: the first by the first of the people, then the second by the second. */
  layer: literal([0, 1]),
  /** Raw X25519 public key made for this layer, base64url. */
  ephemeral: base64url2(),
  /** AES-256-GCM with its tag at the end, base64url. */
  ciphertext: base64url2()
});
var breakGlassReportSchema = strictObject({
  envelope: envelopeId,
  name: line(200),
  people: tuple([personSchema, personSchema]).refine(([first, second]) => first !== second, "two different people"),
  opened_at: instant,
  reason: line(500)
});

// shared/json.ts
function isJsonObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function canonicalJson(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isJsonObject(value)) return canonicalObject(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("canonical JSON has no NaN and no Infinity");
  const text8 = JSON.stringify(value);
  if (text8 === void 0) throw new TypeError(`canonical JSON has no ${typeof value}`);
  return text8;
}
function canonicalObject(record3) {
  let text8 = "";
  for (const name3 of Object.keys(record3).sort()) {
    const member = record3[name3];
    if (member !== void 0) text8 += `${text8 === "" ? "" : ","}${JSON.stringify(name3)}:${canonicalJson(member)}`;
  }
  return `{${text8}}`;
}

// shared/ledger-entries.ts
var LEDGER_VERSION = 1;
var LEASE = { lease: "text", grant: "text", workload: "text", connection: "text", kind: "text", run_id: "text" };
var ADMISSION = { ...LEASE, ask: "object", policy: "digest", decision: "text", issuer: "text", expires_at: "instant" };
var ENDING = { ...LEASE, credential_end: "text", lives_until: "instant?", detail: "text?", cause: "text?" };
var NEWS = { leases: "count", repository: "text", repository_id: "text", delivery: "text" };
var FREEZE = { target: "text", name: "text?", by: "text", reason: "text?", proposal: "text?", confirmed_by: "text?" };
var ENTRIES = {
  opened: ADMISSION,
  issued: {
    ...LEASE,
    ask: "object?",
    policy: "digest?",
    decision: "text",
    issuer: "text?",
    credential: "sha256",
    signer: "text?",
    expires_at: "instant",
    upstream_expires_at: "instant?"
  },
  failed: {
    ...LEASE,
    decision: "text",
    code: "text",
    detail: "text?",
    upstream_status: "count?",
    credential_end: "text?",
    lives_until: "instant?",
    may_live_until: "instant?",
    lease_was_over: "flag?"
  },
  refused: {
    ask: "object",
    code: "text",
    policy: "digest",
    decision: "text",
    issuer: "text",
    grant: "text",
    run_id: "text",
    workload: "text?",
    connection: "text?",
    kind: "text?"
  },
  refusals_counted: { counted: "text", minute: "time", refusals: "count" },
  returned: ENDING,
  revoked: ENDING,
  expired: ENDING,
  orphaned: { ...LEASE, may_live_until: "instant" },
  end_failed: { lease: "text", grant: "text", code: "text", detail: "text", lives_until: "instant", next_try: "instant" },
  recalled: { ...NEWS, cause: "text", run_id: "text?", run_attempt: "count?", job: "text?" },
  repository_changed: {
    ...NEWS,
    change: "text",
    owner: "text?",
    owner_id: "text?",
    former_name: "text?",
    former_owner: "text?",
    former_owner_id: "text?"
  },
  proposed: {
    act: "text",
    proposal: "text",
    by: "text",
    policy: "digest?",
    replaces: "text?",
    because: "text?",
    forced: "text?",
    target: "text?",
    name: "text?"
  },
  published: {
    policy: "digest",
    replaces: "text",
    by: "text",
    forced: "text?",
    proposal: "text?",
    confirmed_by: "text?"
  },
  tripped: {
    tripwire: "text",
    policy: "digest",
    decision: "text",
    run_id: "text",
    issuer: "text",
    grant: "text",
    workload: "text?",
    connection: "text?",
    kind: "text?",
    repository: "text?",
    repository_id: "text?",
    refusals: "count?",
    freezes: "texts"
  },
  froze: FREEZE,
  thawed: FREEZE,
  authority_used: {
    role: "text",
    by: "text",
    action: "text",
    jti: "text?",
    run_id: "text?",
    via: "text?",
    subject: "text?",
    session: "text?",
    envelope: "text?",
    policy: "digest?",
    replaces: "text?",
    days: "count?",
    filter: "text?",
    reason: "text?",
    target: "text?",
    name: "text?",
    kid: "text?",
    key: "text?",
    when: "text?",
    proposal: "text?",
    act: "text?",
    forced: "text?"
  },
  revocation: {
    by: "text",
    jti: "text?",
    ended: "count",
    already_over: "count",
    failed: "count",
    lives_on: "count",
    complete: "flag"
  },
  break_glass_used: { envelope: "text", name: "text", people: "texts", opened_at: "time", reason: "text", by: "text" },
  key_rotated: { key: "text", algorithm: "text", kid: "text", replaces: "text?", why: "text", by: "text?", reason: "text?" },
  key_revoked: { key: "text", kid: "text", successor: "text?", reason: "text", by: "text" },
  checkpointed: { others: "sha256", ledgers: "count" }
};
var ASK_MEMBERS = {
  attributes: "object",
  jti: "text",
  job: "text",
  unknown_claims: "texts?",
  rule: "text?",
  scope: "text?",
  asked: "object?",
  notes: "list?",
  reason: "text?",
  cause: "text?",
  reasons: "list?",
  field: "text?",
  parameter: "text?"
};
var ENVELOPE = {
  v: "count",
  ledger: "text",
  seq: "count",
  at: "time",
  type: "text",
  prev: "hex",
  hash: "hex"
};
var ALARMING_TYPES = ["tripped", "break_glass_used", "end_failed", "orphaned"];
var isCount = (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
var isText = (value) => typeof value === "string";
var IS = {
  text: isText,
  instant: isCount,
  count: isCount,
  time: (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value),
  digest: (value) => isText(value) && /^sha256:[0-9a-f]{64}$/.test(value),
  sha256: (value) => isText(value) && /^[A-Za-z0-9+/]{43}=$/.test(value),
  hex: (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  flag: (value) => typeof value === "boolean",
  texts: (value) => Array.isArray(value) && value.every(isText),
  list: Array.isArray,
  object: isJsonObject
};
function checksOf(members4) {
  const of = Object.entries(members4).map(([name3, text8]) => {
    const form = text8.replace("?", "");
    return [name3, { form, isOptional: form !== text8, is: isFormName(form) ? IS[form] : () => false }];
  });
  return { of: new Map(of), required: of.filter(([, { isOptional }]) => !isOptional).length };
}
function isFormName(form) {
  return Object.hasOwn(IS, form);
}
var CHECKS = new Map(Object.entries(ENTRIES).map(([type, members4]) => [type, checksOf({ ...ENVELOPE, ...members4 })]));
var ASK_CHECKS = checksOf(ASK_MEMBERS);

// shared/result.ts
function ok(value) {
  return { ok: true, value };
}
function err(error2) {
  return { ok: false, error: error2 };
}

// shared/ledger.ts
var AUTHORITY_LEDGER = "v1:authorities";
var GENESIS_HASH = "0".repeat(64);
var HEX_DIGEST = /^[0-9a-f]{64}$/;
var DATETIME = regexes_exports.datetime({});
var hexDigest = string2().regex(HEX_DIGEST);
var entrySchema = looseObject({
  v: literal(LEDGER_VERSION),
  ledger: string2().min(1),
  seq: number2().int().positive(),
  at: iso_exports.datetime(),
  type: string2().min(1),
  prev: hexDigest,
  hash: hexDigest
});

// worker/authenticate/authority.ts
import { createHash } from "node:crypto";

// worker/call-state.ts
var RETRY_AFTER = 2;
var LEDGER_UNAVAILABLE = { code: "ledger_unavailable", retryAfter: RETRY_AFTER };
async function callState(call) {
  try {
    return ok(await call());
  } catch (failure2) {
    if (!isRetryable(failure2)) return err(LEDGER_UNAVAILABLE);
  }
  try {
    return ok(await call());
  } catch {
    return err(LEDGER_UNAVAILABLE);
  }
}
function isRetryable(failure2) {
  return failure2 instanceof Error && Reflect.get(failure2, "retryable") === true && Reflect.get(failure2, "overloaded") !== true;
}

// shared/loopback.ts
var LOOPBACK_HOST = String.raw`(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])`;
var WHOLE = new RegExp(`^${LOOPBACK_HOST}$`);
function isLoopbackHost(hostname2) {
  return WHOLE.test(hostname2);
}

// shared/platforms/attribute-forms.ts
var text = (about) => ({ match: "exact", form: "text", about });
var pattern = (about) => ({ match: "pattern", form: "text", about });
var id = (about) => ({ match: "exact", form: "id", about });
var flag = (about) => ({ match: "exact", form: "boolean", about });
var word = (values, about) => ({ match: "exact", form: "word", values, about });

// shared/platforms/read-claims.ts
var MAX_CLAIM_LENGTH = 1024;
var DECIMAL_ID = /^[1-9][0-9]*$/;
function readClaims(claims, { known, attributeOf }) {
  const attributes = /* @__PURE__ */ new Map();
  const unknownClaims = [];
  for (const claim2 of Object.keys(claims)) {
    const reading = known.get(claim2) ?? attributeOf?.(claim2);
    if (reading === "any") continue;
    if (reading === void 0) {
      unknownClaims.push(claim2);
      continue;
    }
    const value = claims[claim2];
    const problem = formProblem(value, formOf(reading));
    if (problem !== void 0) return err({ code: "claim_malformed", claim: claim2, expected: problem });
    if (typeof reading === "object" && typeof value === "string" && value !== "") attributes.set(reading.name, value);
  }
  return ok({ attributes, unknownClaims });
}
function formOf(reading) {
  if (typeof reading === "object") return reading.form.form;
  return reading === "decimal" ? "id" : void 0;
}
function formProblem(value, form) {
  if (typeof value !== "string") return "a string";
  if (value.length > MAX_CLAIM_LENGTH) return `at most ${MAX_CLAIM_LENGTH} characters`;
  if (hasControlCharacter(value)) return "no control characters";
  if (value === "") return void 0;
  if (form === "id" && !DECIMAL_ID.test(value)) return "a decimal number without a leading zero";
  if (form === "boolean" && value !== "true" && value !== "false") return '"true" or "false"';
  return void 0;
}
function missingClaim(claims, required2) {
  const name3 = required2.find((claim2) => typeof claims[claim2] !== "string" || claims[claim2] === "");
  return name3 === void 0 ? void 0 : { code: "claim_missing", claim: name3, expected: "present and not empty" };
}

// shared/platforms/github.ts
var EVENT_NAMES = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_status",
  "discussion",
  "discussion_comment",
  "dynamic",
  "fork",
  "gollum",
  "image_version",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "page_build",
  "project",
  "project_card",
  "project_column",
  "public",
  "pull_request",
  "pull_request_comment",
  "pull_request_review",
  "pull_request_review_comment",
  "pull_request_target",
  "push",
  "registry_package",
  "release",
  "repository_dispatch",
  "schedule",
  "status",
  "watch",
  "workflow_call",
  "workflow_dispatch",
  "workflow_run"
];
var ATTRIBUTES = /* @__PURE__ */ new Map([
  [
    "repository",
    { ...pattern("owner/name of the repository the workflow runs in; letter case is ignored"), foldCase: true, literalOwner: "first" }
  ],
  ["repository_id", id("id of that repository; it survives renames")],
  ["repository_owner", { ...text("name of the owner; letter case is ignored"), foldCase: true }],
  ["repository_owner_id", id("id of the owner")],
  ["repository_visibility", word(["public", "private", "internal"], "visibility of the repository")],
  ["ref", { ...pattern("full ref of the run: refs/heads/main, refs/tags/v1, refs/pull/7/merge"), prefix: "refs/" }],
  ["ref_type", word(["branch", "tag"], "whether ref is a branch or a tag")],
  ["ref_protected", flag("whether a protection rule covers the ref")],
  ["head_ref", pattern("source branch of a pull request")],
  ["base_ref", pattern("target branch of a pull request")],
  ["event_name", word(EVENT_NAMES, "event that triggered the run")],
  ["environment", pattern("deployment environment of the job")],
  ["environment_node_id", text("id of the environment; it changes when the environment is deleted and made again")],
  ["workflow_ref", pattern("workflow file and ref of the caller: owner/name/.github/workflows/file.yml@ref")],
  ["workflow_sha", text("commit of that workflow file")],
  ["job_workflow_ref", pattern("workflow file and ref of the called reusable workflow")],
  ["job_workflow_sha", text("commit of that reusable workflow")],
  ["sha", text("commit of the run")],
  ["actor", text("login of the person who started the run")],
  ["actor_id", id("id of that person")],
  ["runner_environment", word(["github-hosted", "self-hosted"], "whose machine the job runs on")],
  ["enterprise", text("slug of the enterprise")],
  ["enterprise_id", id("id of the enterprise")],
  ["run_attempt", id("1 for the first run, more for re-runs")]
]);
var CUSTOM_PROPERTY = /^repo_property_[A-Za-z0-9_.$#-]{1,75}$/;
var CUSTOM_PROPERTY_FORM = text("value of a custom property of the repository");
var OTHERS = new Map([
  ...["iss", "aud", "sub", "jti", "workflow", "issuer_scope"].map((name3) => [name3, "text"]),
  ...["run_id", "run_number", "check_run_id"].map((name3) => [name3, "decimal"]),
  ...["iat", "nbf", "exp"].map((name3) => [name3, "any"])
]);
var REQUIRED_CLAIMS = [
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "event_name",
  "workflow_ref",
  "run_id"
];
var REPOSITORY = /^[^/@:\s]+\/[^/@:\s]+$/;
var SUBJECT_IDS = /(?:^|:)repo:[^@/:]+@([0-9]+)\/[^@/:]+@([0-9]+)(?::|$)/;
function attribute(name3) {
  return ATTRIBUTES.get(name3) ?? (CUSTOM_PROPERTY.test(name3) ? CUSTOM_PROPERTY_FORM : void 0);
}
var PROFILE = {
  known: new Map([...[...ATTRIBUTES].map(([name3, form]) => [name3, { name: name3, form }]), ...OTHERS]),
  attributeOf: (name3) => CUSTOM_PROPERTY.test(name3) ? { name: name3, form: CUSTOM_PROPERTY_FORM } : void 0
};
function consistencyProblem(claim2, sub) {
  const problem = (name3, expected) => ({ code: "claim_malformed", claim: name3, expected });
  const repository = claim2("repository");
  if (!REPOSITORY.test(repository)) return problem("repository", "owner/name");
  const owner3 = repository.slice(0, repository.indexOf("/"));
  if (foldAscii(owner3) !== foldAscii(claim2("repository_owner"))) return problem("repository_owner", "the owner part of repository");
  const workflowRef = claim2("workflow_ref");
  if (!foldAscii(workflowRef).startsWith(`${foldAscii(repository)}/`)) return problem("workflow_ref", "a workflow of the repository");
  const ids = SUBJECT_IDS.exec(sub);
  if (ids !== null && ids[1] !== claim2("repository_owner_id")) return problem("sub", "the owner id of repository_owner_id");
  if (ids !== null && ids[2] !== claim2("repository_id")) return problem("sub", "the repository id of repository_id");
  return void 0;
}
function readFacts(issuerUrl, claims) {
  const read3 = readClaims(claims, PROFILE);
  if (!read3.ok) return read3;
  if (!Object.hasOwn(claims, "ref")) return err({ code: "claim_missing", claim: "ref", expected: "present, though it may be empty" });
  const missing3 = missingClaim(claims, REQUIRED_CLAIMS);
  if (missing3 !== void 0) return err(missing3);
  const claim2 = (name3) => textClaim(claims[name3]) ?? "";
  const inconsistent = consistencyProblem(claim2, claim2("sub"));
  if (inconsistent !== void 0) return err(inconsistent);
  const run2 = claim2("run_id");
  const environment = claim2("environment");
  return ok({
    ...read3.value,
    owner: { id: claim2("repository_owner_id"), name: claim2("repository_owner") },
    run: {
      issuer: issuerUrl,
      repository: claim2("repository"),
      repositoryId: claim2("repository_id"),
      ref: claim2("ref"),
      sha: claim2("sha"),
      eventName: claim2("event_name"),
      ...environment === "" ? {} : { environment },
      runId: run2,
      runAttempt: claim2("run_attempt"),
      job: claim2("check_run_id") || `${run2}/${claim2("run_attempt")}`,
      workflowRef: claim2("workflow_ref"),
      actor: claim2("actor")
    }
  });
}
function complete(stated3) {
  const attributes = /* @__PURE__ */ new Map([
    ["event_name", "push"],
    ["runner_environment", "github-hosted"],
    ["ref", "refs/heads/main"],
    ["run_attempt", "1"]
  ]);
  for (const [name3, value] of stated3) attributes.set(name3, value);
  const derive2 = (name3, value) => {
    if (value !== void 0 && !stated3.has(name3)) attributes.set(name3, value);
  };
  const repository = attributes.get("repository");
  const ref = attributes.get("ref") ?? "";
  derive2("repository_owner", repository?.split("/")[0]);
  derive2("ref_type", ref === "" ? void 0 : ref.startsWith("refs/tags/") ? "tag" : "branch");
  derive2("workflow_ref", repository === void 0 ? void 0 : `${repository}/.github/workflows/ci.yml@${ref}`);
  derive2("job_workflow_ref", attributes.get("workflow_ref"));
  for (const [name3, value] of attributes) if (value === "") attributes.delete(name3);
  return attributes;
}
var github = {
  name: "github",
  algorithms: ["RS256"],
  typRequired: true,
  nbfRequired: true,
  keySetPath: "/.well-known/jwks",
  ruleDefaults: /* @__PURE__ */ new Map([
    ["event_name", ["push", "workflow_dispatch", "schedule", "release"]],
    ["runner_environment", ["github-hosted"]]
  ]),
  weakAttributes: ["event_name", "runner_environment"],
  roles: {
    repository: "repository",
    repositoryId: "repository_id",
    owner: "repository_owner",
    ownerId: "repository_owner_id",
    event: "event_name"
  },
  ownerName: { form: /^[^/]+$/, expected: "expected the name of an owner, with no slash and no wildcard" },
  ownerOf: (repository) => repository.slice(0, Math.max(repository.indexOf("/"), 0)),
  strangerEvents: /* @__PURE__ */ new Set([
    "pull_request_target",
    "workflow_run",
    "issue_comment",
    "issues",
    "discussion",
    "discussion_comment",
    "fork",
    "watch",
    "gollum",
    "pull_request_comment"
  ]),
  neverConditions: /* @__PURE__ */ new Map([
    ["workflow", "it is free text that the workflow author chooses; match workflow_ref"],
    ["sub", "it has two live formats and hides the event; match the attributes"],
    ["jti", "it is new in every token"],
    ["run_id", "it is new in every run"]
  ]),
  attributeNames: [...ATTRIBUTES.keys()],
  attribute,
  readFacts,
  complete
};

// shared/platforms/gitlab.ts
var PIPELINE_SOURCES = [
  "api",
  "chat",
  "container_registry_push",
  "duo_workflow",
  "external",
  "external_pull_request_event",
  "merge_request_event",
  "ondemand_dast_scan",
  "ondemand_dast_validation",
  "parent_pipeline",
  "pipeline",
  "pipeline_execution_policy_schedule",
  "push",
  "schedule",
  "security_orchestration_policy",
  "trigger",
  "web",
  "webide"
];
var TIERS = ["production", "staging", "testing", "development", "other"];
var ACTIONS = ["start", "prepare", "verify", "access", "stop"];
var ATTRIBUTES2 = /* @__PURE__ */ new Map([
  [
    "project_path",
    {
      ...pattern("group/project of the pipeline, subgroups and all; of a merge request from a fork, the fork. Letter case is ignored"),
      foldCase: true,
      literalOwner: "last"
    }
  ],
  ["project_id", id("id of that project; it survives renames and moves")],
  [
    "namespace_path",
    { ...text("group, subgroup or person the project lies directly in, as a full path; letter case is ignored"), foldCase: true }
  ],
  ["namespace_id", id("id of that group, subgroup or person; every subgroup has its own")],
  ["project_visibility", word(["public", "private", "internal"], "visibility of the project")],
  [
    "ref",
    {
      ...pattern("full ref of the run (claim ref_path): refs/heads/main, refs/tags/v1; of a merge request its source branch"),
      prefix: "refs/"
    }
  ],
  ["ref_type", word(["branch", "tag"], "whether ref is a branch or a tag")],
  ["ref_protected", flag("whether the ref is protected")],
  ["sha", text("commit of the run")],
  ["pipeline_source", word(PIPELINE_SOURCES, "what started the pipeline")],
  ["environment", pattern("deployment environment of the job")],
  ["environment_protected", flag("whether that environment is protected")],
  ["deployment_tier", word(TIERS, "tier of that environment")],
  ["environment_action", word(ACTIONS, "what the job does with the environment")],
  ["ci_config_ref_uri", pattern("pipeline file and ref: gitlab.com/group/project//.gitlab-ci.yml@refs/heads/main")],
  ["ci_config_sha", text("commit of that pipeline file")],
  ["user_login", text("name of the person the job runs for")],
  ["user_id", id("id of that person")],
  ["user_access_level", text("role of that person in the project, such as maintainer")],
  ["runner_environment", word(["gitlab-hosted", "self-hosted"], "whose machine the job runs on")],
  ["runner_id", id("id of the runner")]
]);
var OTHERS2 = new Map([
  ...["iss", "aud", "sub", "jti", "ref", "target_audience", "user_email"].map((name3) => [name3, "text"]),
  ...["job_project_path", "job_namespace_path"].map((name3) => [name3, "text"]),
  ...["pipeline_id", "job_id", "job_project_id", "job_namespace_id"].map((name3) => [name3, "decimal"]),
  ...["iat", "nbf", "exp", "groups_direct", "user_identities"].map((name3) => [name3, "any"])
]);
var REQUIRED_CLAIMS2 = [
  "project_path",
  "project_id",
  "namespace_path",
  "namespace_id",
  "pipeline_source",
  "pipeline_id",
  "job_id",
  "ref",
  "ref_type",
  "ref_path"
];
var PROJECT = /^[^/@:\s]+(?:\/[^/@:\s]+)+$/;
var PREFIXES = /* @__PURE__ */ new Map([
  ["branch", "refs/heads/"],
  ["tag", "refs/tags/"]
]);
var PROFILE2 = {
  known: new Map([
    ...[...ATTRIBUTES2].map(([name3, form]) => [name3 === "ref" ? "ref_path" : name3, { name: name3, form }]),
    ...OTHERS2
  ])
};
function plainClaims(claims) {
  const known = Object.entries(claims).filter(([, value]) => value !== null);
  return Object.fromEntries(
    known.map(([name3, value]) => [name3, name3 === "runner_id" && Number.isSafeInteger(value) ? String(value) : value])
  );
}
function namespaceOf(project) {
  return project.slice(0, Math.max(project.lastIndexOf("/"), 0));
}
function consistencyProblem2(claim2) {
  const problem = (name3, expected) => ({ code: "claim_malformed", claim: name3, expected });
  const project = claim2("project_path");
  if (!PROJECT.test(project)) return problem("project_path", "group/project");
  if (foldAscii(namespaceOf(project)) !== foldAscii(claim2("namespace_path"))) {
    return problem("namespace_path", "project_path without its last part");
  }
  const prefix = PREFIXES.get(claim2("ref_type"));
  if (prefix === void 0) return problem("ref_type", "branch or tag");
  if (claim2("ref_path") !== `${prefix}${claim2("ref")}`) return problem("ref_path", "the full form of ref and ref_type");
  return subjectProblem(claim2);
}
function subjectProblem(claim2) {
  const parts = claim2("sub").split(":");
  for (let at3 = 0; at3 + 1 < parts.length; at3 += 2) {
    const [name3 = "", value = ""] = parts.slice(at3, at3 + 2);
    if (!["project_path", "ref_type", "ref"].includes(name3)) return void 0;
    if (value !== claim2(name3)) return { code: "claim_malformed", claim: "sub", expected: `the ${name3} of the claim ${name3}` };
  }
  return void 0;
}
function readFacts2(issuerUrl, signed) {
  const claims = plainClaims(signed);
  const read3 = readClaims(claims, PROFILE2);
  if (!read3.ok) return read3;
  const missing3 = missingClaim(claims, REQUIRED_CLAIMS2);
  if (missing3 !== void 0) return err(missing3);
  const claim2 = (name3) => textClaim(claims[name3]) ?? "";
  const inconsistent = consistencyProblem2(claim2);
  if (inconsistent !== void 0) return err(inconsistent);
  const environment = claim2("environment");
  return ok({
    ...read3.value,
    owner: { id: claim2("namespace_id"), name: claim2("namespace_path") },
    run: {
      issuer: issuerUrl,
      repository: claim2("project_path"),
      repositoryId: claim2("project_id"),
      ref: claim2("ref_path"),
      sha: claim2("sha"),
      eventName: claim2("pipeline_source"),
      ...environment === "" ? {} : { environment },
      runId: claim2("pipeline_id"),
      // a job that is tried again is another job
      runAttempt: "1",
      job: claim2("job_id"),
      workflowRef: claim2("ci_config_ref_uri"),
      actor: claim2("user_login")
    }
  });
}
function usualConfigUri(issuerUrl, project, ref) {
  return `${serverOf(issuerUrl)}/${project}//.gitlab-ci.yml@${ref}`;
}
function serverOf(issuerUrl) {
  return issuerUrl.replace(/^https?:\/\//, "").replace(/\/$/, "");
}
function complete2(stated3, issuerUrl) {
  const attributes = /* @__PURE__ */ new Map([
    ["pipeline_source", "push"],
    ["runner_environment", "gitlab-hosted"],
    ["ref", "refs/heads/main"]
  ]);
  for (const [name3, value] of stated3) attributes.set(name3, value);
  const derive2 = (name3, value) => {
    if (value !== void 0 && value !== "" && !stated3.has(name3)) attributes.set(name3, value);
  };
  const project = attributes.get("project_path") ?? "";
  const ref = attributes.get("ref") ?? "";
  derive2("namespace_path", namespaceOf(project));
  derive2("ref_type", ref === "" ? void 0 : ref.startsWith("refs/tags/") ? "tag" : "branch");
  derive2("ci_config_ref_uri", project === "" ? void 0 : usualConfigUri(issuerUrl, project, ref));
  for (const [name3, value] of attributes) if (value === "") attributes.delete(name3);
  return attributes;
}
var gitlab = {
  name: "gitlab",
  algorithms: ["RS256"],
  typRequired: true,
  nbfRequired: true,
  keySetPath: "/oauth/discovery/keys",
  ruleDefaults: /* @__PURE__ */ new Map([
    // a child pipeline hides what started its parent, a trigger is a secret somebody keeps, a merge request is code nobody reviewed
    ["pipeline_source", ["push", "web", "schedule"]],
    ["runner_environment", ["gitlab-hosted"]]
  ]),
  weakAttributes: ["pipeline_source", "runner_environment"],
  roles: {
    repository: "project_path",
    repositoryId: "project_id",
    owner: "namespace_path",
    ownerId: "namespace_id",
    event: "pipeline_source"
  },
  ownerName: {
    form: /^[^/]+(?:\/[^/]+)*$/,
    expected: "expected the full path of a group, subgroup or person, such as acme/platform, with no wildcard"
  },
  ownerOf: namespaceOf,
  strangerEvents: /* @__PURE__ */ new Set(["merge_request_event", "external_pull_request_event"]),
  neverConditions: /* @__PURE__ */ new Map([
    ["sub", "a project chooses what it is made of; match the attributes"],
    ["ref_path", "the attribute ref holds it: the full ref"],
    ["jti", "it is new in every token"],
    ["pipeline_id", "it is new in every pipeline"],
    ["job_id", "it is new in every job"],
    ["user_email", "people change it; match user_id"]
  ]),
  attributeNames: [...ATTRIBUTES2.keys()],
  attribute: (name3) => ATTRIBUTES2.get(name3),
  readFacts: readFacts2,
  complete: complete2
};

// shared/platforms/index.ts
var platforms = { github, gitlab };

// shared/policy/pattern.ts
var MAX_PATTERN_LENGTH = 512;
var SLASH = 47;
var WORD_BITS = 32;
function patternElements(text8, foldCase) {
  const elements = [];
  for (let index = 0; index < text8.length; index++) {
    if (text8[index] !== "*") {
      elements.push(unitAt(text8, index, foldCase));
    } else if (text8[index + 1] === "*") {
      elements.push("any");
      index++;
    } else {
      elements.push("segment");
    }
  }
  return elements;
}
function compilePattern(text8, { foldCase, literal: literal3 = false }) {
  const isVoid = text8 === "" || hasControlCharacter(text8);
  if (literal3 || !text8.includes("*")) return isVoid ? { text: text8, foldCase, isVoid } : { text: text8, foldCase };
  return { text: text8, foldCase, automaton: compileAutomaton(patternElements(text8, foldCase)) };
}
function matches(pattern2, value) {
  const { automaton } = pattern2;
  if (automaton !== void 0) return isNarrow(automaton) ? runNarrow(pattern2, automaton, value) : runWide(pattern2, automaton, value);
  return sameText(pattern2.text, value, pattern2.foldCase) && pattern2.isVoid !== true;
}
function ignoringCase(pattern2) {
  const { text: text8, foldCase, automaton } = pattern2;
  if (foldCase) return pattern2;
  if (automaton !== void 0 && /[A-Z]/.test(text8)) return compilePattern(text8, { foldCase: true });
  return { ...pattern2, foldCase: true };
}
function sameText(a, b, foldCase) {
  if (!foldCase || a.length !== b.length || a === b) return a === b;
  for (let index = 0; index < a.length; index++) {
    if (unitAt(a, index, true) !== unitAt(b, index, true)) return false;
  }
  return true;
}
function unitAt(text8, index, foldCase) {
  const unit = text8.charCodeAt(index);
  return foldCase && unit >= 65 && unit <= 90 ? unit + 32 : unit;
}
function isControlUnit(unit) {
  return unit < 32 || unit >= 127 && unit <= 159 || unit === 8232 || unit === 8233;
}
function compileAutomaton(elements) {
  return elements.length <= WORD_BITS ? compileNarrow(elements) : compileWide(elements);
}
function isNarrow(automaton) {
  return automaton.words === 1;
}
function compileNarrow(elements) {
  let [other, slash] = [0, 0];
  elements.forEach((element, position) => {
    if (typeof element !== "number") other |= 1 << position;
    if (element === "any") slash |= 1 << position;
  });
  const byUnit = /* @__PURE__ */ new Map();
  elements.forEach((element, position) => {
    if (typeof element !== "number") return;
    byUnit.set(element, (byUnit.get(element) ?? (element === SLASH ? slash : other)) | 1 << position);
  });
  return { words: 1, other, slash, byUnit, lastBit: 1 << elements.length - 1 };
}
function compileWide(elements) {
  const words = Math.ceil(elements.length / WORD_BITS);
  const [other, slash] = [new Int32Array(words), new Int32Array(words)];
  elements.forEach((element, position) => {
    if (typeof element !== "number") setBit(other, position);
    if (element === "any") setBit(slash, position);
  });
  const byUnit = /* @__PURE__ */ new Map();
  elements.forEach((element, position) => {
    if (typeof element !== "number") return;
    const entered = byUnit.get(element) ?? Int32Array.from(element === SLASH ? slash : other);
    setBit(entered, position);
    byUnit.set(element, entered);
  });
  return { words, other, slash, byUnit, lastBit: 1 << (elements.length - 1 & WORD_BITS - 1) };
}
function setBit(mask, position) {
  const word3 = position >>> 5;
  mask[word3] = (mask[word3] ?? 0) | 1 << (position & WORD_BITS - 1);
}
function enteredBy({ byUnit, slash, other }, unit) {
  if (isControlUnit(unit)) return void 0;
  return byUnit.get(unit) ?? (unit === SLASH ? slash : other);
}
function runNarrow({ foldCase }, automaton, value) {
  let state = 0;
  let start = 1;
  for (let index = 0; index < value.length; index++) {
    const entered = enteredBy(automaton, unitAt(value, index, foldCase));
    if (entered === void 0) return false;
    state = (state << 1 | start | state & automaton.other) & entered;
    if (state === 0) return false;
    start = 0;
  }
  return (state & automaton.lastBit) !== 0;
}
function runWide({ foldCase }, automaton, value) {
  const { words, other } = automaton;
  const state = new Int32Array(words);
  let start = 1;
  for (let index = 0; index < value.length; index++) {
    const entered = enteredBy(automaton, unitAt(value, index, foldCase));
    if (entered === void 0) return false;
    let carry = start;
    let alive = 0;
    for (let word3 = 0; word3 < words; word3++) {
      const old = state[word3] ?? 0;
      const next = (old << 1 | carry | old & (other[word3] ?? 0)) & (entered[word3] ?? 0);
      carry = old >>> 31;
      state[word3] = next;
      alive |= next;
    }
    if (alive === 0) return false;
    start = 0;
  }
  return ((state[words - 1] ?? 0) & automaton.lastBit) !== 0;
}

// shared/policy/condition.ts
function conditionHolds({ attribute: attribute2, patterns: patterns2 }, attributes) {
  const value = attributes.get(attribute2);
  if (value === void 0 || value === "") return false;
  for (const pattern2 of patterns2) if (matches(pattern2, value)) return true;
  return false;
}
function failureOf(condition, attributes, hint) {
  const value = attributes.get(condition.attribute) ?? "";
  const told2 = hint ?? hintOf(condition, value);
  return {
    attribute: condition.attribute,
    seen: value === "" ? null : value,
    expected: condition.patterns.map(({ text: text8 }) => text8),
    ...told2 === void 0 ? {} : { hint: told2 }
  };
}
function hintOf(condition, value) {
  if (value === "") return `the token has no ${condition.attribute}`;
  if (condition.byDefault === true) {
    const accepted = condition.patterns.map(({ text: text8 }) => text8).join(", ");
    return `the rule does not state ${condition.attribute}, so it accepts only ${accepted}`;
  }
  return differsInCaseOnly(condition, value) ? "only the letter case differs" : void 0;
}
function differsInCaseOnly({ patterns: patterns2 }, value) {
  return patterns2.some((pattern2) => matches(ignoringCase(pattern2), value));
}

// shared/secret.ts
var Secret = class {
  #value;
  constructor(value) {
    this.#value = value;
  }
  reveal() {
    return this.#value;
  }
  toString() {
    return "[secret]";
  }
  toJSON() {
    return "[secret]";
  }
};

// shared/units.ts
var SECONDS_PER_UNIT = /* @__PURE__ */ new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86400]
]);
var DURATION_PATTERN = /^([1-9][0-9]{0,8})([smhd])$/;
function parseDuration(text8) {
  const match2 = DURATION_PATTERN.exec(text8);
  if (match2 === null) return void 0;
  const [, digits = "", unit = ""] = match2;
  const secondsPerUnit = SECONDS_PER_UNIT.get(unit);
  return secondsPerUnit === void 0 ? void 0 : Number(digits) * secondsPerUnit;
}
function formatDuration(seconds) {
  if (seconds % 86400 === 0 && seconds > 0) return `${seconds / 86400}d`;
  if (seconds % 3600 === 0 && seconds > 0) return `${seconds / 3600}h`;
  if (seconds % 60 === 0 && seconds > 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}
function formatInstant(instant3) {
  return `${new Date(instant3 * 1e3).toISOString().slice(0, 19)}Z`;
}

// worker/access-config.ts
var AUDIENCE = /^[0-9a-f]{64}$/;
var EMAIL = /^[^\s@*]{1,64}@[^\s@*]{1,255}$/;
var accessForm = strictObject({
  team: url(),
  aud: string2().regex(AUDIENCE, "the audience tag of the Access application, 64 hex digits")
});
function accessProblems({ team }, is, isAllowedUrl) {
  const problems = Object.keys(is).filter((name3) => name3 !== "email").map((name3) => `is.${name3}: a person is known by email alone`);
  if (is.email === void 0) problems.push("is: email must be stated");
  else if (!emailsOf(is.email).every((email2) => EMAIL.test(email2))) problems.push("is.email: whole addresses, without a wildcard");
  if (!isAllowedUrl(team) || new URL(team).origin !== team)
    problems.push("access.team: https://<team>.cloudflareaccess.com, without a path");
  return problems;
}
function loadAccess({ team, aud }, is) {
  return { team, audience: aud, emails: new Set(emailsOf(is.email).map(foldAscii)) };
}
function emailsOf(value) {
  if (typeof value === "string") return [value];
  return typeof value === "object" ? value : [""];
}

// worker/sink-config.ts
var DEFAULT_DELAY = 30;
var DEFAULT_ARCHIVE_AFTER = 900;
var LONGEST_WAIT = 86400;
var wait = string2().refine((text8) => (parseDuration(text8) ?? LONGEST_WAIT + 1) <= LONGEST_WAIT, "a duration of at most a day, such as 30s").transform(parseDuration);
var address = string2().max(2e3).refine((text8) => {
  const url2 = URL.parse(text8);
  return url2 !== null && ["https:", "http:"].includes(url2.protocol) && `${url2.username}${url2.password}${url2.hash}` === "";
}, "an https URL without user, password and fragment");
function binding(method, what) {
  return custom((value) => typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function", what);
}
var sinkBindings = {
  SINK_URL: address.optional(),
  NOTIFY_URL: address.optional(),
  SINK_DELAY: wait.optional(),
  ARCHIVE: binding("put", "a binding to an R2 bucket").optional(),
  ARCHIVE_AFTER: wait.optional(),
  EVENTS: binding("sendBatch", "a producer binding to a queue").optional()
};
var all = object(sinkBindings);
function readSinkConfig(env2) {
  return sinkConfigOf(all.parse(env2));
}
function sinkConfigOf(data) {
  return {
    url: data.SINK_URL,
    notifyUrl: data.NOTIFY_URL,
    archive: data.ARCHIVE !== void 0,
    queue: data.EVENTS !== void 0,
    delay: data.SINK_DELAY ?? DEFAULT_DELAY,
    archiveAfter: data.ARCHIVE_AFTER ?? DEFAULT_ARCHIVE_AFTER
  };
}

// worker/env.ts
var ROLES = ["publisher", "operator", "auditor"];
var TWO_PERSON_ACTS = ["thaw", "widen"];
function isLoopbackUrl(url2) {
  return URL.canParse(url2) && isLoopbackHost(new URL(url2).hostname);
}
var origin = string2().refine(
  (text8) => URL.canParse(text8) && new URL(text8).origin === text8,
  "an origin such as https://jobpass.example.com, without a path or a slash at the end"
).refine((text8) => text8.startsWith("https://") || isLoopbackUrl(text8), "https (http only for a loopback address)");
var sealingKey = base642({ error: "32 bytes in base64 (openssl rand -base64 32)", abort: true }).refine((text8) => Buffer.from(text8, "base64").length === 32, "32 bytes in base64 (openssl rand -base64 32)");
var MIN_KEY_ROTATION = 86400;
var rotation = (example) => string2().refine((text8) => (parseDuration(text8) ?? 0) > MIN_KEY_ROTATION, `a duration of more than a day, such as ${example}`).transform(parseDuration);
var MIN_WEBHOOK_SECRET = 16;
var DEFAULT_MAX_GRANTS_REMOVED = 20;
var percent = string2().regex(/^(?:100|[0-9]{1,2})$/, "a whole number of percent from 0 to 100, such as 20").transform(Number);
var twoPerson = string2().transform(
  (text8) => text8.split(",").map((act2) => act2.trim()).filter((act2) => act2 !== "")
).pipe(array(_enum(TWO_PERSON_ACTS, { error: `${TWO_PERSON_ACTS.join(", ")}, or both with a comma between them` })));
var patterns = union([string2().min(1), boolean2(), array(string2().min(1)).nonempty()]);
var authority = strictObject({
  issuer: url().optional(),
  access: accessForm.optional(),
  platform: _enum(PLATFORM_NAMES).default("github"),
  is: record(string2(), patterns).refine((is) => Object.keys(is).length > 0, "at least one condition")
});
var authorities = strictObject({
  publishers: array(authority).default([]),
  operators: array(authority).default([]),
  auditors: array(authority).default([])
});
var AUTHORITIES_EXPECTED = 'JSON such as {"publishers":[…],"operators":[…],"auditors":[…]}';
var jsonText = string2().transform((text8, context) => {
  try {
    return JSON.parse(text8);
  } catch {
    context.addIssue({ code: "custom", message: AUTHORITIES_EXPECTED });
    return NEVER;
  }
});
var bindings = object({
  BROKER_ORIGIN: origin,
  AUTHORITIES: union([jsonText, record(string2(), unknown())], { error: AUTHORITIES_EXPECTED }).pipe(authorities),
  SEALING_KEY: sealingKey,
  SEALING_KEY_PREVIOUS: sealingKey.optional(),
  WEBHOOK_SECRET: string2().min(MIN_WEBHOOK_SECRET, `at least ${MIN_WEBHOOK_SECRET} characters (openssl rand -hex 32)`).optional(),
  KEY_ROTATION: rotation("30d").optional(),
  CA_ROTATION: rotation("365d").optional(),
  CA_OVERLAP: rotation("30d").optional(),
  MAX_GRANTS_REMOVED: percent.optional(),
  TWO_PERSON: twoPerson.optional(),
  DEV_ISSUER_KEYS: url().optional(),
  ...sinkBindings
});
function readConfig(env2) {
  const read3 = bindings.safeParse(env2);
  const problems = read3.success ? [] : read3.error.issues.map(({ path, message: message2 }) => `${path.join(".")}: ${message2}`);
  problems.push(...crossProblems(env2));
  if (!read3.success || problems.length > 0)
    throw new Error(`The broker's configuration is not usable:
  ${problems.join("\n  ")}
See docs/deploy.md.`);
  const data = read3.data;
  return {
    origin: data.BROKER_ORIGIN,
    isLoopback: isLoopbackUrl(data.BROKER_ORIGIN),
    authorities: {
      publisher: data.AUTHORITIES.publishers.flatMap(loadAuthority),
      operator: data.AUTHORITIES.operators.flatMap(loadAuthority),
      auditor: data.AUTHORITIES.auditors.flatMap(loadAuthority)
    },
    sealingKey: new Secret(data.SEALING_KEY),
    sealingKeyPrevious: data.SEALING_KEY_PREVIOUS === void 0 ? void 0 : new Secret(data.SEALING_KEY_PREVIOUS),
    webhookSecret: data.WEBHOOK_SECRET === void 0 ? void 0 : new Secret(data.WEBHOOK_SECRET),
    people: {
      publisher: data.AUTHORITIES.publishers.flatMap(loadPeople),
      operator: data.AUTHORITIES.operators.flatMap(loadPeople),
      auditor: data.AUTHORITIES.auditors.flatMap(loadPeople)
    },
    keyRotation: data.KEY_ROTATION,
    caRotation: data.CA_ROTATION,
    caOverlap: data.CA_OVERLAP,
    maxGrantsRemoved: data.MAX_GRANTS_REMOVED ?? DEFAULT_MAX_GRANTS_REMOVED,
    twoPerson: new Set(data.TWO_PERSON ?? []),
    devIssuerKeys: data.DEV_ISSUER_KEYS,
    sinks: sinkConfigOf(data),
    upstreamSecret: (name3) => upstreamSecret(env2, name3)
  };
}
function upstreamSecret(env2, name3) {
  if (!name3.startsWith("UPSTREAM_") || !Object.hasOwn(env2, name3)) return void 0;
  const value = Reflect.get(env2, name3);
  return typeof value === "string" && value !== "" ? new Secret(value) : void 0;
}
function crossProblems(env2) {
  const { BROKER_ORIGIN, AUTHORITIES, DEV_ISSUER_KEYS, SINK_URL, NOTIFY_URL } = bindings.shape;
  const read3 = object({
    BROKER_ORIGIN: BROKER_ORIGIN.optional().catch(void 0),
    AUTHORITIES: AUTHORITIES.optional().catch(void 0),
    DEV_ISSUER_KEYS: DEV_ISSUER_KEYS.catch(void 0),
    SINK_URL: SINK_URL.catch(void 0),
    NOTIFY_URL: NOTIFY_URL.catch(void 0)
  });
  const data = read3.parse(env2);
  const loopback = data.BROKER_ORIGIN === void 0 || isLoopbackUrl(data.BROKER_ORIGIN);
  const problems = Object.entries(data.AUTHORITIES ?? {}).flatMap(
    ([role, list]) => list.flatMap((one, index) => authorityProblems(one, loopback).map((problem) => `AUTHORITIES.${role}.${index}.${problem}`))
  );
  if (data.DEV_ISSUER_KEYS !== void 0 && !loopback) problems.push("DEV_ISSUER_KEYS: only a broker on a loopback address accepts it");
  for (const [name3, url2] of Object.entries({ SINK_URL: data.SINK_URL, NOTIFY_URL: data.NOTIFY_URL })) {
    if (url2?.startsWith("http:") && !(loopback && isLoopbackUrl(url2)))
      problems.push(`${name3}: https (http only from a loopback broker to a loopback address)`);
  }
  return problems;
}
function authorityProblems({ issuer: issuer2, access, is, platform }, loopback) {
  const isAllowedUrl = (url2) => url2.startsWith("https://") || loopback && isLoopbackUrl(url2);
  if (issuer2 === void 0 === (access === void 0)) return ["expected issuer, for pipelines, or access, for people"];
  if (access !== void 0) return accessProblems(access, is, isAllowedUrl);
  const problems = Object.keys(is).filter((attribute2) => platforms[platform].attribute(attribute2) === void 0).map((attribute2) => `is.${attribute2}: no attribute of platform ${platform}`);
  if (issuer2 !== void 0 && !isAllowedUrl(issuer2)) problems.push("issuer: https");
  const { repository, repositoryId: repositoryId2 } = platforms[platform].roles;
  if (![repository, repositoryId2].some((name3) => Object.hasOwn(is, name3)))
    problems.push(`is: ${repository} or ${repositoryId2} must be stated`);
  return problems;
}
function loadPeople({ access, is }) {
  return access === void 0 ? [] : [loadAccess(access, is)];
}
function loadAuthority({ issuer: issuer2, platform, is }) {
  if (issuer2 === void 0) return [];
  const conditions = Object.entries(is).map(([attribute2, value]) => {
    const form = platforms[platform].attribute(attribute2);
    const texts = Array.isArray(value) ? value : [String(value)];
    return {
      attribute: attribute2,
      patterns: texts.map((text8) => compilePattern(text8, { foldCase: form?.foldCase === true, literal: form?.match !== "pattern" }))
    };
  });
  return [{ issuerUrl: issuer2, platform: platforms[platform], is: conditions }];
}
function rolesOf(config2, issuerUrl, attributes) {
  const fits2 = (authority2) => authority2.issuerUrl === issuerUrl && authority2.is.every((condition) => conditionHolds(condition, attributes));
  return ROLES.filter((role) => config2.authorities[role].some(fits2));
}
function rolesOfPerson({ people }, { team, audiences, email: email2 }) {
  const fits2 = (one) => one.team === team && audiences.includes(one.audience) && one.emails.has(email2);
  return ROLES.filter((role) => people[role].some(fits2));
}
function holdsAuthority(config2, issuerUrl, attributes) {
  return rolesOf(config2, issuerUrl, attributes).length > 0;
}

// node_modules/jose/dist/webapi/lib/buffer_utils.js
var encoder = new TextEncoder();
var decoder = new TextDecoder();
var strictDecoder = new TextDecoder("utf-8", { fatal: true });
var UINT32_RANGE = 2 ** 32;
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
  let i = 0;
  for (const buffer of buffers)
    buf.set(buffer, i), i += buffer.length;
  return buf;
}
var NON_ASCII = /[^\x00-\x7f]/;
function encode2(string3) {
  if (typeof string3 == "string" && string3.length >= 128) {
    if (NON_ASCII.test(string3))
      throw new TypeError("non-ASCII string encountered in encode()");
    return encoder.encode(string3);
  }
  const bytes = new Uint8Array(string3.length);
  for (let i = 0; i < string3.length; i++) {
    const code = string3.charCodeAt(i);
    if (code > 127)
      throw new TypeError("non-ASCII string encountered in encode()");
    bytes[i] = code;
  }
  return bytes;
}
function encodeBase64(input, url2 = false) {
  if (Uint8Array.prototype.toBase64)
    return input.toBase64({ alphabet: url2 ? "base64url" : "base64", omitPadding: url2 });
  const CHUNK_SIZE = 32768, arr = [];
  for (let i = 0; i < input.length; i += CHUNK_SIZE)
    arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
  const encoded = btoa(arr.join(""));
  return url2 ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url2 = false) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(encoded, { alphabet: url2 ? "base64url" : "base64" });
  if (url2) {
    if (encoded.includes("+") || encoded.includes("/"))
      throw new TypeError("Invalid base64url");
    encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
  }
  const binary = atob(encoded), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++)
    bytes[i] = binary.charCodeAt(i);
  return bytes;
}
async function digest(algorithm3, data) {
  const subtleDigest = `SHA-${algorithm3.slice(-3)}`;
  return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}

// node_modules/jose/dist/webapi/util/errors.js
var JOSEError = class extends Error {
  static code = "ERR_JOSE_GENERIC";
  code = "ERR_JOSE_GENERIC";
  constructor(message2, options) {
    super(message2, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
  }
};
var JOSEAlgNotAllowed = class extends JOSEError {
  static code = "ERR_JOSE_ALG_NOT_ALLOWED";
  code = "ERR_JOSE_ALG_NOT_ALLOWED";
};
var JOSENotSupported = class extends JOSEError {
  static code = "ERR_JOSE_NOT_SUPPORTED";
  code = "ERR_JOSE_NOT_SUPPORTED";
};
var JWSInvalid = class extends JOSEError {
  static code = "ERR_JWS_INVALID";
  code = "ERR_JWS_INVALID";
};
var JWTInvalid = class extends JOSEError {
  static code = "ERR_JWT_INVALID";
  code = "ERR_JWT_INVALID";
};
var JWKInvalid = class extends JOSEError {
  static code = "ERR_JWK_INVALID";
  code = "ERR_JWK_INVALID";
};
var JWKSInvalid = class extends JOSEError {
  static code = "ERR_JWKS_INVALID";
  code = "ERR_JWKS_INVALID";
};
var JWKSNoMatchingKey = class extends JOSEError {
  static code = "ERR_JWKS_NO_MATCHING_KEY";
  code = "ERR_JWKS_NO_MATCHING_KEY";
  constructor(message2 = "no applicable key found in the JSON Web Key Set", options) {
    super(message2, options);
  }
};
var JWKSMultipleMatchingKeys = class extends JOSEError {
  [Symbol.asyncIterator] = async function* () {
  };
  static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  constructor(message2 = "multiple matching keys found in the JSON Web Key Set", options) {
    super(message2, options);
  }
};
var JWSSignatureVerificationFailed = class extends JOSEError {
  static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  constructor(message2 = "signature verification failed", options) {
    super(message2, options);
  }
};

// node_modules/jose/dist/webapi/util/base64url.js
var invalid = "The input to be decoded is not correctly encoded.";
function decode2(input) {
  try {
    return decodeBase64(typeof input == "string" ? input : decoder.decode(input), true);
  } catch (cause) {
    throw new TypeError(invalid, { cause });
  }
}
function encode3(input) {
  return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, true);
}

// node_modules/jose/dist/webapi/lib/validate.js
function isObject2(input) {
  if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
    return false;
  const prototype = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
  return isObject2(input) && Array.isArray(input.keys) && Array.from(input.keys).every(isObject2);
}
function isDisjoint(...headers) {
  const parameters2 = /* @__PURE__ */ new Set();
  for (const header of headers)
    if (header)
      for (const parameter of Object.keys(header)) {
        if (parameters2.has(parameter))
          return false;
        parameters2.add(parameter);
      }
  return true;
}
function assertNotSet(value, name3) {
  if (value !== void 0)
    throw new TypeError(`${name3} can only be called once`);
}
function decodeBase64url(value, label, ErrorClass) {
  try {
    return decode2(value);
  } catch (cause) {
    throw new ErrorClass(`Failed to base64url decode the ${label}`, { cause });
  }
}
function encodeAsciiMember(value, label, ErrorClass) {
  try {
    return encode2(value);
  } catch (cause) {
    throw new ErrorClass(`The ${label} is not a valid base64url string`, { cause });
  }
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message2) {
  let parsed3;
  try {
    parsed3 = JSON.parse(strictDecoder.decode(decode2(encodedProtectedHeader)));
  } catch (cause) {
    throw new ErrorClass(message2, { cause });
  }
  if (!isObject2(parsed3))
    throw new ErrorClass(message2);
  return parsed3;
}
var JWS_RECOGNIZED = { __proto__: null, b64: true };
function validateAlgorithms(option, algorithms) {
  if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
    throw new TypeError(`"${option}" option must be an array of strings`);
  return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
  const { crit } = protectedHeader ?? {};
  if (Array.isArray(crit) && new Set(crit).size !== crit.length)
    throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  if (!protectedHeader || protectedHeader.crit === void 0)
    return [];
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
  for (const parameter of protectedHeader.crit) {
    if (!(parameter in recognized))
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
  }
  return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
  if (extensions.includes("b64")) {
    const b64 = protectedHeader.b64;
    if (typeof b64 != "boolean")
      throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    return b64;
  }
  return true;
}
function serializeJoseHeader(Err, header) {
  let serialized, parsed3;
  try {
    serialized = JSON.stringify(header), parsed3 = JSON.parse(serialized);
  } catch (cause) {
    throw new Err("JOSE Header is not valid JSON", { cause });
  }
  if (!isObject2(parsed3))
    throw new Err("JOSE Header is not a JSON object");
  return [parsed3, serialized];
}

// node_modules/jose/dist/webapi/lib/key.js
var tag = (key) => key[Symbol.toStringTag];
var jwkMatchesOp = (entry, key, usage) => {
  const { alg } = entry;
  if (key.use !== void 0) {
    const expected = usage === "sign" || usage === "verify" ? "sig" : "enc";
    if (key.use !== expected)
      throw new TypeError(`Invalid key for this operation, its "use" must be "${expected}" when present`);
  }
  if (key.alg !== void 0 && key.alg !== alg)
    throw new TypeError(`Invalid key for this operation, its "alg" must be "${alg}" when present`);
  if (Array.isArray(key.key_ops)) {
    const expectedKeyOp = usage === "encrypt" || usage === "decrypt" ? entry.ops?.[usage === "encrypt" ? 0 : 1] : usage;
    if (expectedKeyOp && !key.key_ops.includes(expectedKeyOp))
      throw new TypeError(`Invalid key for this operation, its "key_ops" must include "${expectedKeyOp}" when present`);
  }
};
async function prepareKey(entry, key, usage) {
  const { alg, secret } = entry, requiresPrivateKey = usage === "decrypt" || usage === "sign";
  if (secret && key instanceof Uint8Array)
    return key;
  let normalized, keyObject;
  if (isObject2(key)) {
    if (normalized = normalizeJwk(key), typeof normalized.kty != "string")
      throw invalidKeyType(alg, key, secret);
    if (!(secret ? normalized.kty === "oct" && typeof normalized.k == "string" : normalized.kty !== "oct" && (requiresPrivateKey ? normalized.kty === "AKP" && typeof normalized.priv == "string" || typeof normalized.d == "string" : normalized.d === void 0 && normalized.priv === void 0)))
      throw new TypeError(secret ? 'JSON Web Key for symmetric algorithms must have JWK "kty" (Key Type) equal to "oct" and the JWK "k" (Key Value) present' : `JSON Web Key for this operation must be a ${requiresPrivateKey ? "private" : "public"} JWK`);
    if (jwkMatchesOp(entry, normalized, usage), normalized.kty === "oct")
      return decode2(normalized.k);
    if (!Object.isFrozen(key)) {
      const { key_ops } = key;
      Array.isArray(key_ops) && Object.freeze(key_ops), Object.freeze(key);
    }
  } else {
    if (!isKeyLike(key))
      throw invalidKeyType(alg, key, secret);
    const expectedType = secret ? "secret" : requiresPrivateKey ? "private" : "public";
    if (key.type !== expectedType && (secret || ["secret", "public", "private"].includes(key.type)))
      throw new TypeError(`${tag(key)} instances must be of type "${expectedType}" for the ${alg} algorithm`);
    if (isCryptoKey(key))
      return key;
    if (keyObject = key, keyObject.type === "secret")
      return keyObject.export();
  }
  cache ||= /* @__PURE__ */ new WeakMap();
  const cacheKey = key;
  let cached2 = cache.get(cacheKey);
  if (cached2?.[alg])
    return cached2[alg];
  if (cached2 || cache.set(cacheKey, cached2 = {}), keyObject && typeof keyObject.toCryptoKey == "function") {
    const isPublic = keyObject.type === "public", crv = nist[keyObject.asymmetricKeyDetails?.namedCurve], params = entry.resolve?.({ crv, asymmetricKeyType: keyObject.asymmetricKeyType }) ?? entry.subtle;
    return cached2[alg] = keyObject.toCryptoKey(params, isPublic, entry.usages[isPublic ? 0 : 1]);
  }
  return normalized ??= keyObject.export({ format: "jwk" }), normalized.alg = alg, cached2[alg] = await jwkToKey(entry, normalized);
}
var cache;
var nist = {
  __proto__: null,
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521"
};
var isCryptoKey = (key) => {
  if (key?.[Symbol.toStringTag] === "CryptoKey")
    return true;
  try {
    return key instanceof CryptoKey;
  } catch {
    return false;
  }
};
var isKeyObject = (key) => key?.[Symbol.toStringTag] === "KeyObject";
var isKeyLike = (key) => isCryptoKey(key) || isKeyObject(key);
function message(msg, actual, ...types) {
  if (types.length > 2) {
    const last = types.pop();
    msg += `one of type ${types.join(", ")}, or ${last}.`;
  } else types.length === 2 ? msg += `one of type ${types[0]} or ${types[1]}.` : msg += `of type ${types[0]}.`;
  return actual == null ? msg += ` Received ${actual}` : typeof actual == "function" && actual.name ? msg += ` Received function ${actual.name}` : typeof actual == "object" && actual != null && actual.constructor?.name && (msg += ` Received an instance of ${actual.constructor.name}`), msg;
}
var invalidKeyInput = (actual, ...types) => message("Key must be ", actual, ...types);
function invalidKeyType(alg, actual, secret) {
  const types = ["CryptoKey", "KeyObject", "JSON Web Key"];
  return secret && types.push("Uint8Array"), new TypeError(message(`Key for the ${alg} algorithm must be `, actual, ...types));
}
var unusable = (name3, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name3}`);
function checkUsage(key, usage) {
  if (usage && !key.usages.includes(usage))
    throw new TypeError(`CryptoKey does not support this operation, its usages must include ${usage}.`);
}
function checkModulusLength(alg, key) {
  const { modulusLength } = key.algorithm;
  if (typeof modulusLength != "number" || modulusLength < 2048)
    throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
}
function checkCryptoKey(key, expected, usage) {
  const algorithm3 = key.algorithm;
  if (algorithm3.name !== expected.name)
    throw unusable(expected.name);
  if (expected.hash && algorithm3.hash?.name !== expected.hash)
    throw unusable(expected.hash, "algorithm.hash");
  if (expected.namedCurve && algorithm3.namedCurve !== expected.namedCurve)
    throw unusable(expected.namedCurve, "algorithm.namedCurve");
  if (expected.length !== void 0 && algorithm3.length !== expected.length)
    throw unusable(expected.length, "algorithm.length");
  checkUsage(key, usage);
}
function snapshotJwk(jwk) {
  return { __proto__: null, ...jwk };
}
function normalizeJwk(jwk) {
  const normalized = snapshotJwk(jwk);
  if (normalized.ext !== void 0 && typeof normalized.ext != "boolean")
    throw new TypeError('"ext" (Extractable) Parameter must be a boolean');
  if (normalized.key_ops !== void 0) {
    const value = normalized.key_ops, keyOps = Array.isArray(value) ? [...value] : void 0;
    if (!keyOps || keyOps.some((operation) => typeof operation != "string") || new Set(keyOps).size !== keyOps.length)
      throw new TypeError('"key_ops" (Key Operations) Parameter must be an array of unique strings');
    normalized.key_ops = keyOps;
  }
  return normalized;
}
function validateExtractableOption(extractable) {
  if (extractable !== void 0 && typeof extractable != "boolean")
    throw new TypeError('"extractable" option must be a boolean');
  return extractable;
}
async function jwkToKey(entry, jwk, extractable) {
  if (!entry.kty.includes(jwk.kty))
    throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
  const algorithm3 = entry.resolve?.({ kty: jwk.kty, crv: jwk.crv }) ?? entry.subtle, isPrivate = !!(jwk.d || jwk.priv), keyData = { ...jwk, ext: extractable ?? jwk.ext };
  return keyData.kty !== "AKP" && delete keyData.alg, delete keyData.use, crypto.subtle.importKey("jwk", keyData, algorithm3, keyData.ext ?? !isPrivate, jwk.key_ops ?? entry.usages[isPrivate ? 1 : 0]);
}
async function rawKey(key, expected, usage, extractable = false) {
  return key instanceof Uint8Array && (key = await crypto.subtle.importKey("raw", key, expected, extractable, [usage])), checkCryptoKey(key, expected, usage), key;
}

// node_modules/jose/dist/webapi/lib/key_descriptor.js
function table(entries) {
  const out = { __proto__: null };
  for (const alg in entries)
    out[alg] = { ...entries[alg], alg };
  return out;
}

// node_modules/jose/dist/webapi/lib/jwe_algorithms.js
var wrap = [
  ["encrypt", "wrapKey"],
  ["decrypt", "unwrapKey"]
];
var derive = [[], ["deriveBits"]];
var none = [[], []];
function rsaes(bits) {
  return {
    kty: ["RSA"],
    mode: "key-encryption",
    subtle: { name: "RSA-OAEP", hash: `SHA-${bits}` },
    usages: wrap,
    ops: ["wrapKey", "unwrapKey"]
  };
}
function ecdh(mode) {
  return {
    kty: ["EC", "OKP"],
    mode,
    subtle: { name: "ECDH" },
    resolve: ({ kty, crv, asymmetricKeyType }) => {
      if (crv === "X25519" || asymmetricKeyType === "x25519")
        return { name: "X25519" };
      if (kty === "OKP")
        throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      return { name: "ECDH", namedCurve: crv };
    },
    usages: derive,
    ops: [void 0, "deriveBits"]
  };
}
function aeskw(bits, gcm = false) {
  return {
    kty: ["oct"],
    mode: "key-wrapping",
    secret: true,
    subtle: { name: gcm ? "AES-GCM" : "AES-KW", length: bits },
    usages: none,
    ops: gcm ? ["encrypt", "decrypt"] : ["wrapKey", "unwrapKey"]
  };
}
function pbes2() {
  return {
    kty: ["oct"],
    mode: "key-wrapping",
    secret: true,
    subtle: { name: "PBKDF2" },
    usages: none,
    ops: ["deriveBits", "deriveBits"]
  };
}
var JWE = table({
  dir: {
    kty: ["oct"],
    mode: "direct-encryption",
    secret: true,
    subtle: { name: "AES-GCM" },
    usages: none,
    ops: ["encrypt", "decrypt"]
  },
  "RSA-OAEP": rsaes(1),
  "RSA-OAEP-256": rsaes(256),
  "RSA-OAEP-384": rsaes(384),
  "RSA-OAEP-512": rsaes(512),
  "ECDH-ES": ecdh("direct-key-agreement"),
  "ECDH-ES+A128KW": ecdh("key-agreement-with-key-wrapping"),
  "ECDH-ES+A192KW": ecdh("key-agreement-with-key-wrapping"),
  "ECDH-ES+A256KW": ecdh("key-agreement-with-key-wrapping"),
  A128KW: aeskw(128),
  A192KW: aeskw(192),
  A256KW: aeskw(256),
  A128GCMKW: aeskw(128, true),
  A192GCMKW: aeskw(192, true),
  A256GCMKW: aeskw(256, true),
  "PBES2-HS256+A128KW": pbes2(),
  "PBES2-HS384+A192KW": pbes2(),
  "PBES2-HS512+A256KW": pbes2()
});
var contentOps = ["encrypt", "decrypt"];
function contentEncryption(bits, cbc = false) {
  return {
    kty: ["oct"],
    secret: true,
    subtle: { name: cbc ? "AES-CBC" : "AES-GCM", length: bits },
    usages: none,
    ops: contentOps,
    cekBits: bits,
    ivBits: cbc ? 128 : 96,
    cbc
  };
}
var ENC = table({
  A128GCM: contentEncryption(128),
  A192GCM: contentEncryption(192),
  A256GCM: contentEncryption(256),
  "A128CBC-HS256": contentEncryption(256, true),
  "A192CBC-HS384": contentEncryption(384, true),
  "A256CBC-HS512": contentEncryption(512, true)
});

// node_modules/jose/dist/webapi/lib/jws_algorithms.js
var sig = [["verify"], ["sign"]];
function hmac(bits) {
  const subtle = { name: "HMAC", hash: `SHA-${bits}` };
  return { kty: ["oct"], secret: true, subtle, signing: subtle, usages: sig };
}
function rsa(bits, saltLength) {
  const subtle = { name: saltLength ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${bits}` };
  return {
    kty: ["RSA"],
    subtle,
    signing: saltLength ? { ...subtle, saltLength } : subtle,
    usages: sig,
    minRsaBits: 2048
  };
}
function ecdsa(crv, bits) {
  return {
    kty: ["EC"],
    crv,
    subtle: { name: "ECDSA", namedCurve: crv },
    signing: { name: "ECDSA", hash: `SHA-${bits}` },
    usages: sig
  };
}
function eddsa() {
  const subtle = { name: "Ed25519" };
  return {
    kty: ["OKP"],
    crv: "Ed25519",
    subtle,
    signing: subtle,
    usages: sig
  };
}
function mldsa(parameterSet) {
  const subtle = { name: `ML-DSA-${parameterSet}` };
  return {
    kty: ["AKP"],
    subtle,
    signing: subtle,
    usages: sig
  };
}
var JWS = table({
  HS256: hmac(256),
  HS384: hmac(384),
  HS512: hmac(512),
  RS256: rsa(256),
  RS384: rsa(384),
  RS512: rsa(512),
  PS256: rsa(256, 32),
  PS384: rsa(384, 48),
  PS512: rsa(512, 64),
  ES256: ecdsa("P-256", 256),
  ES384: ecdsa("P-384", 384),
  ES512: ecdsa("P-521", 512),
  EdDSA: eddsa(),
  Ed25519: eddsa(),
  "ML-DSA-44": mldsa(44),
  "ML-DSA-65": mldsa(65),
  "ML-DSA-87": mldsa(87)
});
function jwsAlgorithm(alg) {
  const entry = typeof alg == "string" ? JWS[alg] : void 0;
  if (!entry)
    throw new JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
  return entry;
}

// node_modules/jose/dist/webapi/lib/jws_verify.js
function prepareVerify(options) {
  return [options && validateAlgorithms("algorithms", options.algorithms), options?.crit];
}
function parseProtectedHeader(encodedProtectedHeader) {
  return encodedProtectedHeader === void 0 ? {} : parseJoseHeader(encodedProtectedHeader, JWSInvalid, "JWS Protected Header is invalid");
}
function encodeCompactUnencodedPayload(payload) {
  try {
    return encode2(payload);
  } catch (cause) {
    throw new JWSInvalid("JWS Compact Serialization payload must use only ASCII characters", {
      cause
    });
  }
}
async function verifySignature(jws, shared, key, encodeUnencodedPayload, parsedProtected) {
  const { protected: encodedProtectedHeader, header, payload: inputPayload } = jws, protectedHeader = parsedProtected ?? parseProtectedHeader(encodedProtectedHeader);
  if (!isDisjoint(protectedHeader, header))
    throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  const joseHeader = { ...protectedHeader, ...header }, b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, shared[1], protectedHeader, joseHeader)), { alg } = joseHeader;
  if (typeof alg != "string" || !alg)
    throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  if (shared[0] && !shared[0].has(alg))
    throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed');
  if (b64) {
    if (typeof inputPayload != "string")
      throw new JWSInvalid("JWS Payload must be a string");
  } else if (typeof inputPayload != "string" && !(inputPayload instanceof Uint8Array))
    throw new JWSInvalid("JWS Payload must be a string or an Uint8Array instance");
  const signingPayload = b64 || typeof inputPayload != "string" ? inputPayload : encodeUnencodedPayload(inputPayload);
  let resolvedKey = false;
  typeof key == "function" && (key = await key(protectedHeader, jws), resolvedKey = true);
  const entry = jwsAlgorithm(alg), signingInput = concat(encodedProtectedHeader !== void 0 ? encode2(encodedProtectedHeader) : new Uint8Array(), encode2("."), typeof signingPayload == "string" ? shared[2] ??= encodeAsciiMember(signingPayload, "payload", JWSInvalid) : signingPayload), signature = decodeBase64url(jws.signature, "signature", JWSInvalid), verificationKey2 = await prepareKey(entry, key, "verify"), cryptoKey = await rawKey(verificationKey2, entry.subtle, "verify");
  entry.minRsaBits && checkModulusLength(entry.alg, cryptoKey);
  let verified = false;
  try {
    verified = await crypto.subtle.verify(entry.signing, cryptoKey, signature, signingInput);
  } catch (cause) {
    throw new JWSSignatureVerificationFailed(void 0, { cause });
  }
  if (!verified)
    throw new JWSSignatureVerificationFailed();
  const result = { payload: typeof signingPayload == "string" ? decodeBase64url(signingPayload, "payload", JWSInvalid) : signingPayload };
  return encodedProtectedHeader !== void 0 && (result.protectedHeader = protectedHeader), header !== void 0 && (result.unprotectedHeader = header), resolvedKey ? [{ ...result, key: verificationKey2 }, b64] : [result, b64];
}
async function verifyCompact(jws, shared, key) {
  if (jws instanceof Uint8Array && (jws = decoder.decode(jws)), typeof jws != "string")
    throw new JWSInvalid("Compact JWS must be a string or Uint8Array");
  const { 0: protectedHeader, 1: payload, 2: signature, length } = jws.split(".");
  if (length !== 3)
    throw new JWSInvalid("Invalid Compact JWS");
  return verifySignature({ payload, protected: protectedHeader, signature }, shared, key, encodeCompactUnencodedPayload);
}

// node_modules/jose/dist/webapi/jws/compact/verify.js
async function compactVerify(jws, key, options) {
  const [result] = await verifyCompact(jws, prepareVerify(options), key);
  return result;
}

// node_modules/jose/dist/webapi/lib/jwt_claims_set.js
var epoch = (date4) => Math.floor(date4.getTime() / 1e3);
var multipliers = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  y: 31557600
};
var REGEX = /^(\+|\-)? ?(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?$/i;
function invalidDuration() {
  throw new TypeError("Invalid time period format");
}
function secs(str) {
  typeof str != "string" && invalidDuration();
  const matched = REGEX.exec(str);
  (!matched || matched[4] && matched[1]) && invalidDuration();
  const value = parseFloat(matched[2]), durationSeconds = Math.round(value * multipliers[matched[3][0].toLowerCase()]);
  return Number.isFinite(durationSeconds) || invalidDuration(), matched[1] === "-" || matched[4] === "ago" ? -durationSeconds : durationSeconds;
}
function validateInput(label, input) {
  if (!Number.isFinite(input))
    throw new TypeError(`Invalid ${label} input`);
  return input;
}
function validateStringClaim(claim2, value) {
  if (typeof value != "string")
    throw new TypeError(`"${claim2}" claim must be a string`);
}
function validateAudienceClaim(value) {
  if (typeof value != "string" && (!Array.isArray(value) || Array.from(value).some((member) => typeof member != "string")))
    throw new TypeError('"aud" claim must be a string or an array of strings');
}
function numericDate(value, label) {
  return typeof value == "number" ? validateInput(label, value) : value instanceof Date ? validateInput(label, epoch(value)) : epoch(/* @__PURE__ */ new Date()) + secs(value);
}
var producerClaimsSets;
function producerClaimsSet(producer) {
  return producerClaimsSets.get(producer);
}
function jwtClaimsSetBytes(producer) {
  const claimsSet = producerClaimsSet(producer);
  for (const claim2 of ["iat", "nbf", "exp"]) {
    const value = claimsSet[claim2];
    if (typeof value == "number" && !Number.isFinite(value))
      throw new TypeError(`"${claim2}" claim must be a finite number`);
  }
  return encoder.encode(JSON.stringify(claimsSet));
}
var JWTClaimsBuilder = class {
  constructor(claimsSet = {}) {
    if (!isObject2(claimsSet))
      throw new TypeError("JWT Claims Set MUST be an object");
    (producerClaimsSets ||= /* @__PURE__ */ new WeakMap()).set(this, structuredClone(claimsSet));
  }
  setIssuer(value) {
    return validateStringClaim("iss", value), producerClaimsSet(this).iss = value, this;
  }
  setSubject(value) {
    return validateStringClaim("sub", value), producerClaimsSet(this).sub = value, this;
  }
  setAudience(value) {
    return validateAudienceClaim(value), producerClaimsSet(this).aud = value, this;
  }
  setJti(value) {
    return validateStringClaim("jti", value), producerClaimsSet(this).jti = value, this;
  }
  setNotBefore(value) {
    return producerClaimsSet(this).nbf = numericDate(value, "setNotBefore"), this;
  }
  setExpirationTime(value) {
    return producerClaimsSet(this).exp = numericDate(value, "setExpirationTime"), this;
  }
  setIssuedAt(value) {
    const claimsSet = producerClaimsSet(this);
    return value === void 0 ? claimsSet.iat = epoch(/* @__PURE__ */ new Date()) : typeof value == "string" ? claimsSet.iat = validateInput("setIssuedAt", epoch(/* @__PURE__ */ new Date()) + secs(value)) : claimsSet.iat = numericDate(value, "setIssuedAt"), this;
  }
};

// node_modules/jose/dist/webapi/lib/jws_sign.js
async function createSignature(input, key, rejectUnencoded) {
  let [payload, protectedHeader, unprotectedHeader, crit] = input, encodedProtectedHeader = "";
  if (protectedHeader !== void 0) {
    const normalized = serializeJoseHeader(JWSInvalid, protectedHeader);
    protectedHeader = normalized[0], encodedProtectedHeader = encode3(normalized[1]);
  }
  if (unprotectedHeader !== void 0 && (unprotectedHeader = serializeJoseHeader(JWSInvalid, unprotectedHeader)[0]), !protectedHeader && !unprotectedHeader)
    throw new JWSInvalid("either setProtectedHeader or setUnprotectedHeader must be called before #sign()");
  if (!isDisjoint(protectedHeader, unprotectedHeader))
    throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  const joseHeader = { ...protectedHeader, ...unprotectedHeader };
  validateCritDuplicates(JWSInvalid, protectedHeader);
  const b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, crit, protectedHeader, joseHeader));
  b64 || rejectUnencoded?.();
  const { alg } = joseHeader;
  if (typeof alg != "string" || !alg)
    throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  const entry = jwsAlgorithm(alg);
  let encodedPayload = "", signingPayload = payload, signingInput;
  if (b64) {
    const encodedPayloadCache = input[4];
    encodedPayloadCache ? (encodedPayload = encodedPayloadCache[0] ??= encode3(payload), signingPayload = encodedPayloadCache[1] ??= encode2(encodedPayload)) : (encodedPayload = encode3(payload), signingInput = encoder.encode(`${encodedProtectedHeader}.${encodedPayload}`));
  }
  signingInput ??= concat(encode2(encodedProtectedHeader), encode2("."), signingPayload);
  const signingKey = await rawKey(await prepareKey(entry, key, "sign"), entry.subtle, "sign");
  entry.minRsaBits && checkModulusLength(entry.alg, signingKey);
  const jws = {
    signature: encode3(new Uint8Array(await crypto.subtle.sign(entry.signing, signingKey, signingInput))),
    payload: encodedPayload
  };
  return protectedHeader && (jws.protected = encodedProtectedHeader), unprotectedHeader && (jws.header = unprotectedHeader), [jws, b64];
}
async function createCompactSignature(payload, protectedHeader, crit, key, rejectUnencoded) {
  const [jws] = await createSignature([payload, protectedHeader, void 0, crit], key, rejectUnencoded);
  return `${jws.protected}.${jws.payload}.${jws.signature}`;
}

// node_modules/jose/dist/webapi/jwt/sign.js
var SignJWT_base = JWTClaimsBuilder;
var SignJWT = class extends SignJWT_base {
  #protectedHeader;
  setProtectedHeader(protectedHeader) {
    return assertNotSet(this.#protectedHeader, "setProtectedHeader"), this.#protectedHeader = protectedHeader, this;
  }
  async sign(key, options) {
    return createCompactSignature(jwtClaimsSetBytes(this), this.#protectedHeader, options?.crit, key, () => {
      throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
    });
  }
};

// node_modules/jose/dist/webapi/lib/key_algorithm.js
function unsupportedAlg(source = 'JWK "alg" (Algorithm) Parameter') {
  throw new JOSENotSupported(`Invalid or unsupported ${source} value`);
}
function keyAlgorithm(alg, source) {
  return (typeof alg == "string" ? JWS[alg] ?? JWE[alg] : void 0) ?? unsupportedAlg(source);
}

// node_modules/jose/dist/webapi/key/export.js
async function exportJWK(key) {
  if (isKeyObject(key))
    if (key.type === "secret")
      key = key.export();
    else
      return key.export({ format: "jwk" });
  if (key instanceof Uint8Array)
    return {
      kty: "oct",
      k: encode3(key)
    };
  if (!isCryptoKey(key))
    throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "Uint8Array"));
  if (!key.extractable)
    throw new TypeError("non-extractable CryptoKey cannot be exported as a JWK");
  const jwk = await crypto.subtle.exportKey("jwk", key);
  delete jwk.ext, delete jwk.key_ops, delete jwk.use, jwk.kty !== "AKP" && delete jwk.alg;
  for (const parameter of Object.keys(jwk))
    jwk[parameter] === void 0 && delete jwk[parameter];
  return jwk;
}

// node_modules/jose/dist/webapi/jwk/thumbprint.js
var check = (value, description) => {
  if (typeof value != "string" || !value)
    throw new JWKInvalid(`${description} missing or invalid`);
};
async function calculateJwkThumbprint(key, digestAlgorithm) {
  let jwk;
  if (isObject2(key)) {
    if (jwk = snapshotJwk(key), typeof jwk.kty != "string")
      throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "JSON Web Key"));
  } else if (isKeyLike(key))
    jwk = snapshotJwk(await exportJWK(key));
  else
    throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "JSON Web Key"));
  if (digestAlgorithm ??= "sha256", digestAlgorithm !== "sha256" && digestAlgorithm !== "sha384" && digestAlgorithm !== "sha512")
    throw new TypeError('digestAlgorithm must one of "sha256", "sha384", or "sha512"');
  let requiredMembers;
  switch (jwk.kty) {
    case "AKP":
      check(jwk.alg, '"alg" (Algorithm) Parameter'), check(jwk.pub, '"pub" (Public key) Parameter'), requiredMembers = { alg: jwk.alg, kty: jwk.kty, pub: jwk.pub };
      break;
    case "EC":
      check(jwk.crv, '"crv" (Curve) Parameter'), check(jwk.x, '"x" (X Coordinate) Parameter'), check(jwk.y, '"y" (Y Coordinate) Parameter'), requiredMembers = { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
      break;
    case "OKP":
      check(jwk.crv, '"crv" (Subtype of Key Pair) Parameter'), check(jwk.x, '"x" (Public Key) Parameter'), requiredMembers = { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
      break;
    case "RSA":
      check(jwk.e, '"e" (Exponent) Parameter'), check(jwk.n, '"n" (Modulus) Parameter'), requiredMembers = { e: jwk.e, kty: jwk.kty, n: jwk.n };
      break;
    case "oct":
      if (typeof jwk.k != "string")
        throw new JWKInvalid('"k" (Key Value) Parameter missing or invalid');
      requiredMembers = { k: jwk.k, kty: jwk.kty };
      break;
    default:
      throw new JOSENotSupported('"kty" (Key Type) Parameter missing or unsupported');
  }
  const thumbprintInput = encode2(JSON.stringify(requiredMembers));
  return encode3(await digest(digestAlgorithm, thumbprintInput));
}

// node_modules/jose/dist/webapi/jwks/local.js
function isUsableJWK(jwk, entry, alg, kid) {
  const { kty, key_ops: keyOps, ext, kid: jwkKid, alg: jwkAlg, use, crv } = jwk;
  return (ext === void 0 || typeof ext == "boolean") && (keyOps === void 0 || Array.isArray(keyOps) && keyOps.every((operation, index) => typeof operation == "string" && keyOps.indexOf(operation) === index) && keyOps.includes("verify")) && entry.kty.includes(kty) && (kid === void 0 || typeof kid == "string" && kid === jwkKid) && (jwkAlg === void 0 ? kty !== "AKP" : alg === jwkAlg) && (use === void 0 || use === "sig") && (!entry.crv || crv === entry.crv);
}
async function importWithAlgCache(cache2, jwk, entry) {
  const cached2 = cache2.get(jwk) || cache2.set(jwk, {}).get(jwk), { alg } = entry;
  if (cached2[alg] === void 0) {
    const pending = jwkToKey(entry, jwk, true).then((key) => {
      if (key.type !== "public")
        throw new JWKSInvalid("JSON Web Key Set members must be public keys");
      return cached2[alg] = key, key;
    }).catch((error2) => {
      throw cached2[alg] === pending && delete cached2[alg], error2;
    });
    cached2[alg] = pending;
  }
  return cached2[alg];
}
function createLocalJWKSet(jwks2) {
  let snapshot;
  try {
    snapshot = structuredClone(jwks2);
  } catch (cause) {
    throw new JWKSInvalid("JSON Web Key Set malformed", { cause });
  }
  if (!isJwkSet(snapshot))
    throw new JWKSInvalid("JSON Web Key Set malformed");
  const metadata2 = snapshot.keys.map((jwk) => {
    const normalized = snapshotJwk(jwk);
    return Array.isArray(normalized.key_ops) && (normalized.key_ops = [...normalized.key_ops]), normalized;
  }), cached2 = /* @__PURE__ */ new WeakMap();
  return Object.defineProperty(async (protectedHeader, token2) => {
    const { alg, kid } = { ...protectedHeader, ...token2?.header }, entry = typeof alg == "string" ? JWS[alg] : void 0;
    if (!entry || entry.secret)
      throw new JOSENotSupported('Unsupported "alg" value for a JSON Web Key Set');
    const candidates2 = snapshot.keys.filter((_, index) => isUsableJWK(metadata2[index], entry, alg, kid)), { 0: jwk, length } = candidates2;
    if (!length)
      throw new JWKSNoMatchingKey();
    if (length !== 1) {
      const error2 = new JWKSMultipleMatchingKeys();
      throw error2[Symbol.asyncIterator] = async function* () {
        for (const jwk2 of candidates2)
          try {
            yield await importWithAlgCache(cached2, jwk2, entry);
          } catch {
          }
      }, error2;
    }
    return importWithAlgCache(cached2, jwk, entry);
  }, "jwks", {
    value: () => structuredClone(snapshot)
  });
}

// node_modules/jose/dist/webapi/key/import.js
async function importJWK(jwk, alg, options) {
  if (!isObject2(jwk))
    throw new TypeError("JWK must be an object");
  const normalized = normalizeJwk(jwk), extractable = validateExtractableOption(options?.extractable), { alg: jwkAlg } = normalized;
  if (alg ??= jwkAlg, normalized.kty !== "oct" && !alg)
    throw new TypeError('"alg" argument is required when "jwk.alg" is not present');
  switch (normalized.kty) {
    case "oct":
      if (typeof normalized.k != "string")
        throw new TypeError('missing "k" (Key Value) Parameter value');
      return decode2(normalized.k);
    case "AKP": {
      if (typeof jwkAlg != "string" || !jwkAlg)
        throw new TypeError('missing "alg" (Algorithm) Parameter value');
      if (alg !== jwkAlg)
        throw new TypeError("JWK alg and alg option value mismatch");
      return jwkToKey(keyAlgorithm(alg), normalized, extractable);
    }
    case "RSA":
    case "EC":
    case "OKP":
      return jwkToKey(keyAlgorithm(alg), normalized, extractable);
    default:
      throw new JOSENotSupported('Unsupported "kty" (Key Type) Parameter value');
  }
}

// worker/authenticate/claims.ts
var CLOCK_SKEW = 30;
var MAX_IDENTIFIER_CHARACTERS = 1024;
function checkRegisteredClaims(claims, demands, now2) {
  if (claims.aud === void 0) return err(missing("aud"));
  if (claims.aud !== demands.audience) return err({ code: "audience_wrong", expected: demands.audience });
  const times2 = readTimes(claims, demands.nbfRequired);
  if (!times2.ok) return times2;
  const { exp, iat, nbf } = times2.value;
  if (exp - iat <= 0 || exp - iat > MAX_TOKEN_LIFETIME)
    return err(malformed("exp", `later than iat, by at most ${MAX_TOKEN_LIFETIME} seconds`));
  for (const name3 of ["jti", "sub"]) {
    const problem = identifierProblem(name3, claims[name3]);
    if (problem !== void 0) return err(problem);
  }
  if (exp + CLOCK_SKEW <= now2) return err({ code: "token_expired" });
  if (nbf !== void 0 && nbf - CLOCK_SKEW > now2) return err({ code: "token_early", claim: "nbf" });
  if (iat - CLOCK_SKEW > now2) return err({ code: "token_early", claim: "iat" });
  if (now2 - iat > demands.maxAge + CLOCK_SKEW) return err({ code: "token_too_old", maxAge: demands.maxAge });
  return ok({ jti: String(claims.jti), subject: String(claims.sub), issuedAt: iat, expiresAt: exp });
}
function readTimes(claims, nbfRequired) {
  const { exp, iat, nbf } = claims;
  if (exp === void 0) return err(missing("exp"));
  if (iat === void 0) return err(missing("iat"));
  if (nbf === void 0 && nbfRequired) return err(missing("nbf"));
  if (!isInstant(exp)) return err(malformed("exp", "whole seconds"));
  if (!isInstant(iat)) return err(malformed("iat", "whole seconds"));
  if (nbf !== void 0 && !isInstant(nbf)) return err(malformed("nbf", "whole seconds"));
  return ok({ exp, iat, nbf });
}
function identifierProblem(name3, value) {
  if (value === void 0 || value === "") return missing(name3);
  if (typeof value !== "string" || value.length > MAX_IDENTIFIER_CHARACTERS || hasControlCharacter(value)) {
    return malformed(name3, `a string of at most ${MAX_IDENTIFIER_CHARACTERS} characters without control characters`);
  }
  return void 0;
}
function isInstant(value) {
  return Number.isSafeInteger(value) && typeof value === "number" && value >= 0;
}
function missing(claim2) {
  return { code: "claim_missing", claim: claim2, expected: "present and not empty" };
}
function malformed(claim2, expected) {
  return { code: "claim_malformed", claim: claim2, expected };
}

// worker/capped-text.ts
async function cappedText(body, maxBytes) {
  const decoder2 = new TextDecoder();
  let text8 = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return void 0;
    text8 += decoder2.decode(chunk, { stream: true });
  }
  return text8 + decoder2.decode();
}

// worker/authenticate/key-set-source.ts
var DEADLINE_MS = 5e3;
var MAX_BYTES = 256 * 1024;
var jwkSet = looseObject({ keys: array(record(string2(), json())).max(200) });
var discoveryDocument = looseObject({ issuer: string2(), jwks_uri: url() });
async function fetchKeySet(source, fetchOut) {
  if (source.standIn !== void 0) return fetchSet(source.standIn, source, fetchOut);
  const direct = await fetchSet(source.issuerUrl + source.path, source, fetchOut);
  if (direct.ok || direct.error !== NOT_FOUND) return direct;
  const discovered = await fetchJson(`${source.issuerUrl}/.well-known/openid-configuration`, source, fetchOut);
  if (!discovered.ok) return discovered;
  const document = discoveryDocument.safeParse(discovered.value);
  if (!document.success || document.data.issuer !== source.issuerUrl) return err("the discovery document is not this issuer’s");
  if (new URL(document.data.jwks_uri).origin !== new URL(source.issuerUrl).origin) return err("jwks_uri is on another origin");
  return fetchSet(document.data.jwks_uri, source, fetchOut);
}
var NOT_FOUND = "status 404";
async function fetchSet(url2, source, fetchOut) {
  const json2 = await fetchJson(url2, source, fetchOut);
  if (!json2.ok) return json2;
  const set = jwkSet.safeParse(json2.value);
  if (!set.success) return err("not a JWK set");
  return set.data.keys.length === 0 ? err("an empty key set") : ok(set.data);
}
async function fetchJson(url2, source, fetchOut) {
  if (!url2.startsWith("https://") && !(source.loopbackAllowed && isLoopbackUrl(url2))) return err("not https");
  try {
    const response = await fetchOut(url2, {
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: { accept: "application/json" }
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return err(`status ${response.status}`);
    }
    const text8 = await cappedText(response.body, MAX_BYTES);
    return text8 === void 0 ? err("too large") : ok(JSON.parse(text8));
  } catch (failure2) {
    return err(failure2 instanceof SyntaxError ? "not JSON" : "unreachable or too slow");
  }
}

// worker/authenticate/key-sets.ts
var FRESH_MS = 10 * 6e4;
var STALE_MS = 24 * 36e5;
var UNKNOWN_KEY_COOLDOWN_MS = 3e4;
var FAILURE_COOLDOWN_MS = 5e3;
var FETCH_BOUND_MS = 12e3;
var LOOK_AGAIN_MS = 20;
var REMEMBERED_UNKNOWN_KEYS = 256;
var MIN_RSA_BITS = 2048;
async function findKey(issuer2, kid, deps) {
  if (issuer2.jwks !== void 0) return lookUp(await inlineKeys(issuer2, issuer2.jwks, deps.keySets), kid);
  const state = stateOf(deps.keySets, issuer2);
  const keys = await currentKeys(issuer2, state, deps);
  if (keys === void 0) return err("keys_unavailable");
  const known = keys.get(kid);
  return known === void 0 ? lookAgain(issuer2, state, kid, deps) : ok(known);
}
async function lookAgain(issuer2, state, kid, deps) {
  if (state.unknown.has(kid)) return err("key_unknown");
  await waitForOther(state, deps);
  const found2 = lookUp(state.keys, kid);
  const now2 = deps.nowMs();
  if (found2.ok || isAhead(state.unknownNotBefore, UNKNOWN_KEY_COOLDOWN_MS, deps)) return found2;
  state.unknownNotBefore = now2 + UNKNOWN_KEY_COOLDOWN_MS;
  if (state.unknown.size >= REMEMBERED_UNKNOWN_KEYS) state.unknown.clear();
  const isFresh2 = await refresh(issuer2, state, deps);
  const foundNow = lookUp(state.keys, kid);
  if (isFresh2 && !foundNow.ok) state.unknown.add(kid);
  return foundNow;
}
function stateOf(keySets, { url: url2, platform }) {
  const key = `${url2}${platform.keySetPath}`;
  const known = keySets.fetched.get(key);
  if (known !== void 0) return known;
  const state = { keys: void 0, fetchedAt: 0, fetchingUntil: 0, notBefore: 0, unknownNotBefore: 0, unknown: /* @__PURE__ */ new Set() };
  keySets.fetched.set(key, state);
  return state;
}
async function currentKeys(issuer2, state, deps) {
  if (isYoungerThan(FRESH_MS, state, deps)) return state.keys;
  if (state.keys === void 0) await waitForOther(state, deps);
  const mayFetch = !isAhead(state.fetchingUntil, FETCH_BOUND_MS, deps) && !isAhead(state.notBefore, FAILURE_COOLDOWN_MS, deps);
  if (mayFetch && !isYoungerThan(FRESH_MS, state, deps)) await refresh(issuer2, state, deps);
  return isYoungerThan(STALE_MS, state, deps) ? state.keys : void 0;
}
function isYoungerThan(ageMs, { keys, fetchedAt }, { nowMs }) {
  return keys !== void 0 && Math.abs(nowMs() - fetchedAt) < ageMs;
}
function isAhead(at3, mostMs, { nowMs }) {
  const now2 = nowMs();
  return at3 > now2 && at3 - now2 <= mostMs;
}
async function waitForOther(state, deps) {
  while (isAhead(state.fetchingUntil, FETCH_BOUND_MS, deps)) {
    await new Promise((resolve2) => setTimeout(resolve2, LOOK_AGAIN_MS));
  }
}
async function refresh(issuer2, state, deps) {
  state.fetchingUntil = deps.nowMs() + FETCH_BOUND_MS;
  const standIn = isLoopbackUrl(issuer2.url) ? void 0 : deps.config.devIssuerKeys;
  const fetched = await fetchKeySet(
    { issuerUrl: issuer2.url, path: issuer2.platform.keySetPath, standIn, loopbackAllowed: deps.config.isLoopback },
    deps.fetch
  );
  const keys = fetched.ok ? await importKeys(fetched.value, issuer2.platform.algorithms) : void 0;
  state.fetchingUntil = 0;
  if (keys === void 0 || keys.size === 0) {
    state.notBefore = deps.nowMs() + FAILURE_COOLDOWN_MS;
    deps.log({ event: "keys", outcome: "failed", issuer: issuer2.name, detail: fetched.ok ? "no usable key in the set" : fetched.error });
    return false;
  }
  state.keys = keys;
  state.fetchedAt = deps.nowMs();
  state.unknown.clear();
  return true;
}
async function inlineKeys(issuer2, jwks2, keySets) {
  const known = keySets.inline.get(jwks2);
  if (known !== void 0) return known;
  const keys = await importKeys(jwks2, issuer2.platform.algorithms);
  keySets.inline.set(jwks2, keys);
  return keys;
}
var verificationKey = looseObject({
  kty: string2(),
  kid: string2(),
  alg: string2().optional(),
  use: literal("sig").optional(),
  n: string2().optional(),
  e: string2().optional()
});
async function importKeys(set, algorithms) {
  const keys = /* @__PURE__ */ new Map();
  for (const candidate of set.keys) {
    const jwk = verificationKey.safeParse(candidate);
    if (!jwk.success || jwk.data.kty !== "RSA") continue;
    const { kid, alg = "RS256", n = "", e = "" } = jwk.data;
    if (!algorithms.includes(alg) || modulusBits(n) < MIN_RSA_BITS || keys.has(kid)) continue;
    const key = await importPublicKey({ kty: "RSA", n, e }, alg);
    if (key !== void 0) keys.set(kid, key);
  }
  return keys;
}
async function importPublicKey(jwk, alg) {
  try {
    const key = await importJWK(jwk, alg);
    return key instanceof Uint8Array ? void 0 : key;
  } catch {
    return void 0;
  }
}
function modulusBits(n) {
  return Math.floor(n.length * 6 / 8) * 8;
}
function lookUp(keys, kid) {
  const key = keys?.get(kid);
  return key === void 0 ? err("key_unknown") : ok(key);
}

// shared/strict-json.ts
var MAX_DEPTH = 32;
var COLON = 58;
var BACKSLASH = 92;
function parseStrictJson(text8) {
  let value;
  try {
    value = JSON.parse(text8);
  } catch {
    return err("not_json");
  }
  const kept2 = countMembers(value, MAX_DEPTH);
  if (kept2 === void 0) return err("too_deep");
  if (JSON.stringify(value) === text8) return ok(value);
  return kept2 === countWritten(text8) ? ok(value) : err("duplicate_member");
}
function countMembers(value, levels) {
  if (typeof value !== "object" || value === null) return 0;
  if (levels === 0) return void 0;
  const members4 = Object.values(value);
  let count4 = Array.isArray(value) ? 0 : members4.length;
  for (const member of members4) {
    if (typeof member !== "object") continue;
    const below = countMembers(member, levels - 1);
    if (below === void 0) return void 0;
    count4 += below;
  }
  return count4;
}
function countWritten(text8) {
  let count4 = 0;
  for (let from = 0; from < text8.length; ) {
    const quote = text8.indexOf('"', from);
    const end = quote < 0 ? text8.length : quote;
    for (let index = from; index < end; index++) if (text8.charCodeAt(index) === COLON) count4++;
    from = quote < 0 ? end : endOfString(text8, quote);
  }
  return count4;
}
function endOfString(text8, quote) {
  let end = text8.indexOf('"', quote + 1);
  while (isEscaped(text8, end)) end = text8.indexOf('"', end + 1);
  return end + 1;
}
function isEscaped(text8, index) {
  let backslashes = 0;
  while (text8.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

// worker/authenticate/unverified-token.ts
var MAX_TOKEN_CHARACTERS = 16 * 1024;
var SHAPE = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/;
var KEY_ID = /^[A-Za-z0-9_.=-]{1,128}$/;
var FORBIDDEN_PARAMETERS = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip", "enc"];
var MAX_ISSUER_CHARACTERS = 255;
var utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function readUnverifiedToken(compact) {
  const malformed3 = (detail) => err({ code: "token_malformed", detail });
  if (compact.length > MAX_TOKEN_CHARACTERS) return malformed3("too long");
  if (!SHAPE.test(compact)) return malformed3("not three base64url parts");
  const [headerPart = "", payloadPart = "", signaturePart = ""] = compact.split(".");
  if (decodePart(signaturePart) === void 0) return malformed3("signature: not canonical base64url");
  const header = readObject(headerPart);
  if (!header.ok) return malformed3(`header: ${header.error}`);
  const payload = readObject(payloadPart);
  if (!payload.ok) return malformed3(`payload: ${payload.error}`);
  const { alg, kid, typ } = header.value;
  if (typeof alg !== "string") return malformed3("header: no alg");
  if (typeof kid !== "string" || !KEY_ID.test(kid)) return malformed3("header: no usable kid");
  if (typ !== void 0 && typeof typ !== "string") return malformed3("header: typ is no string");
  const forbidden = FORBIDDEN_PARAMETERS.find((name3) => Object.hasOwn(header.value, name3));
  if (forbidden !== void 0) return malformed3(`header: ${forbidden}`);
  const { iss } = payload.value;
  if (typeof iss !== "string" || iss === "" || iss.length > MAX_ISSUER_CHARACTERS) return malformed3("payload: no usable iss");
  return ok({ compact, header: { alg, kid, typ }, unverifiedIssuer: iss, unverifiedPayload: payload.value });
}
function decodePart(part2) {
  try {
    const bytes = Uint8Array.fromBase64(part2, { alphabet: "base64url" });
    return bytes.toBase64({ alphabet: "base64url", omitPadding: true }) === part2 ? bytes : void 0;
  } catch {
    return void 0;
  }
}
function readObject(part2) {
  const bytes = decodePart(part2);
  if (bytes === void 0) return err("not canonical base64url");
  let text8;
  try {
    text8 = utf8.decode(bytes);
  } catch {
    return err("not UTF-8");
  }
  const json2 = parseStrictJson(text8);
  if (!json2.ok) return err(json2.error);
  return isJsonObject(json2.value) ? ok(json2.value) : err("not an object");
}

// worker/authenticate/verify.ts
var KEYS_RETRY_AFTER = 5;
async function verifyToken(compact, trusted, deps) {
  const token2 = readUnverifiedToken(compact);
  return token2.ok ? verifyRead(token2.value, trusted, deps) : token2;
}
async function verifyRead(token2, trusted, deps) {
  const issuer2 = trusted(token2.unverifiedIssuer);
  if (issuer2 === void 0) return err({ code: "issuer_untrusted" });
  const claims = await verifySignature2(token2, issuer2, deps);
  if (!claims.ok) return claims;
  const { platform, audience: audience2, maxAge } = issuer2;
  const registered = checkRegisteredClaims(claims.value, { audience: audience2, maxAge, nbfRequired: platform.nbfRequired }, nowSeconds(deps));
  if (!registered.ok) return registered;
  const facts = platform.readFacts(issuer2.url, claims.value);
  return facts.ok ? ok({ issuer: issuer2, registered: registered.value, facts: facts.value }) : facts;
}
async function verifySignature2(token2, issuer2, deps) {
  const { algorithms, typRequired } = issuer2.platform;
  if (!algorithms.includes(token2.header.alg)) return err({ code: "token_malformed", detail: "alg is not one of the issuer’s" });
  if (typRequired && token2.header.typ?.toUpperCase() !== "JWT") return err({ code: "token_malformed", detail: "typ is not JWT" });
  const key = await findKey(issuer2, token2.header.kid, deps);
  if (!key.ok) return err(key.error === "keys_unavailable" ? { code: key.error, retryAfter: KEYS_RETRY_AFTER } : { code: key.error });
  try {
    await compactVerify(token2.compact, key.value, { algorithms: [...algorithms] });
  } catch {
    return err({ code: "signature_wrong" });
  }
  return ok(token2.unverifiedPayload);
}

// worker/authenticate/access-assertion.ts
var CLOCK_SKEW2 = 30;
var LONGEST_SESSION = 86400;
var ACCESS = { algorithms: ["RS256"], typRequired: false, keySetPath: "/cdn-cgi/access/certs" };
var instant2 = int().nonnegative();
var identifier = string2().min(1).max(254).refine((text8) => !hasControlCharacter(text8));
var claimsSchema = looseObject({
  type: literal("app"),
  aud: union([
    string2().min(1).transform((one) => [one]),
    array(string2().min(1)).min(1)
  ]),
  email: identifier,
  sub: identifier,
  iat: instant2,
  nbf: instant2.optional(),
  exp: instant2
});
async function verifyAssertion(token2, { team }, deps) {
  const issuer2 = { name: "access", url: team, platform: ACCESS };
  const payload = await verifySignature2(token2, issuer2, deps);
  if (!payload.ok) return payload;
  const claims = claimsSchema.safeParse(payload.value);
  if (!claims.success) {
    const claim2 = String(claims.error.issues[0]?.path[0] ?? "type");
    return err({ code: "claim_malformed", claim: claim2, expected: "as Access writes it for a person" });
  }
  const { aud, email: email2, sub, ...times2 } = claims.data;
  const problem = timeProblem(times2, nowSeconds(deps));
  return problem === void 0 ? ok({ team, audiences: aud, email: foldAscii(email2), subject: sub }) : err(problem);
}
function timeProblem({ iat, nbf, exp }, now2) {
  if (exp <= iat || exp - iat > LONGEST_SESSION) {
    return { code: "claim_malformed", claim: "exp", expected: `later than iat, by at most ${LONGEST_SESSION} seconds` };
  }
  if (exp + CLOCK_SKEW2 <= now2) return { code: "token_expired" };
  if (nbf !== void 0 && nbf - CLOCK_SKEW2 > now2) return { code: "token_early", claim: "nbf" };
  return iat - CLOCK_SKEW2 > now2 ? { code: "token_early", claim: "iat" } : void 0;
}

// worker/authenticate/person.ts
var EVENTS_OF_A_PERSON = ["push", "workflow_dispatch"];
function personOf({ issuer: issuer2, facts: { attributes } }) {
  const [login, id5] = [attributes.get("actor"), attributes.get("actor_id")];
  if (login === void 0 || id5 === void 0) return err("The token does not say who started the run (actor, actor_id).");
  if (login.endsWith("]")) return err("The run was started by an App, which anybody who may run a job can make do so.");
  if (attributes.get("run_attempt") !== "1") return err("A re-run carries the name of whoever ran it first: start a new run.");
  const event = attributes.get("event_name") ?? "";
  if (!EVENTS_OF_A_PERSON.includes(event)) return err(`Nobody in particular is behind ${event}: use push or workflow_dispatch.`);
  return ok({ key: `${issuer2.url} ${id5}`, name: `${login}, id ${id5}` });
}
function runOf(name3, person2) {
  return `${name3} (${person2.name})`;
}

// worker/authenticate/authority.ts
var TOKEN_MAX_AGE = 300;
async function authenticateAuthority(bearer, roles, deps) {
  if (bearer === void 0)
    return err({ status: 401, detail: "Send an ID token of an authority, or a Cloudflare Access assertion, as Bearer." });
  const token2 = readUnverifiedToken(bearer);
  if (!token2.ok) return err(notAccepted(token2.error.code));
  const team = teamOf(deps.config, token2.value.unverifiedIssuer);
  const proved3 = await (team === void 0 ? provePipeline(token2.value, deps) : provePerson(token2.value, team, deps));
  if (!proved3.ok) {
    const { code } = proved3.error;
    return err(code === "keys_unavailable" ? { status: 503, detail: "The issuer’s keys cannot be had at the moment." } : notAccepted(code));
  }
  const role = roles.find((wanted) => proved3.value.held.includes(wanted));
  return role === void 0 ? err({ status: 403, detail: `This takes the role ${roles.join(" or ")}.` }) : ok({ role, ...proved3.value });
}
var ONE_OF_TWO_BY_RUN = "What takes two people is proposed and confirmed by runs of the CI, whose accounts tell people apart; not by Cloudflare Access.";
function notAccepted(code) {
  return { status: 401, detail: "The token was not accepted.", code };
}
async function provePipeline(token2, deps) {
  const verified = await verifyRead(token2, (iss) => trustedIssuer(deps.config, iss), deps);
  if (!verified.ok) return verified;
  const { issuer: issuer2, registered, facts } = verified.value;
  const { repository, ref, runId } = facts.run;
  return ok({
    held: rolesOf(deps.config, issuer2.url, facts.attributes),
    person: personOf(verified.value),
    name: `${repository}@${ref}`,
    mark: `${issuer2.url} ${registered.jti}`,
    proof: { jti: registered.jti, run_id: runId }
  });
}
async function provePerson(token2, team, deps) {
  const person2 = await verifyAssertion(token2, { team }, deps);
  if (!person2.ok) return person2;
  const session = createHash("sha256").update(token2.compact).digest("hex");
  return ok({
    held: rolesOfPerson(deps.config, person2.value),
    person: err(ONE_OF_TWO_BY_RUN),
    name: person2.value.email,
    mark: void 0,
    proof: { via: "access", subject: person2.value.subject, session }
  });
}
function inRole(authority2, role) {
  return authority2.held.includes(role) ? { ...authority2, role } : void 0;
}
async function recordAct({ role, name: name3, mark, proof }, act2, deps) {
  const attempt = randomId(deps);
  const entry = { type: "authority_used", role, by: name3, ...proof, ...act2 };
  const jti = mark ?? `access ${attempt}`;
  const used = await callState(() => deps.ledger(AUTHORITY_LEDGER).useAuthority({ ledger: AUTHORITY_LEDGER, jti, attempt, entry }));
  if (!used.ok) return err({ status: 503, detail: "The ledger cannot be written at the moment, so nothing was done." });
  return used.value === "used" ? ok(void 0) : err({ status: 401, detail: "This token was used already. Every call needs a fresh one." });
}
function teamOf({ people }, iss) {
  return ROLES.flatMap((role) => people[role]).find(({ team }) => team === iss)?.team;
}
function trustedIssuer(config2, iss) {
  const authority2 = ROLES.flatMap((role) => config2.authorities[role]).find(({ issuerUrl }) => issuerUrl === iss);
  if (authority2 === void 0) return void 0;
  return { name: "authorities", url: authority2.issuerUrl, platform: authority2.platform, audience: config2.origin, maxAge: TOKEN_MAX_AGE };
}

// worker/routes/bearer.ts
var BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
function bearerOf(request2) {
  return BEARER.exec(request2.headers.get("authorization") ?? "")?.[1];
}

// worker/routes/authority-token.ts
var INTENT_HEADER = "jobpass-intent";
var ASSERTION_HEADER = "cf-access-jwt-assertion";
function authorityTokenOf(request2) {
  const bearer = bearerOf(request2);
  const assertion = request2.headers.get(ASSERTION_HEADER) ?? void 0;
  if (bearer !== void 0 || assertion === void 0) return { ok: true, token: bearer };
  if (request2.headers.get(INTENT_HEADER) !== "1") return { ok: false, detail: "With Cloudflare Access, send the header Jobpass-Intent: 1." };
  return isFromElsewhere(request2) ? { ok: false, detail: "The request comes from a page of another origin." } : { ok: true, token: assertion };
}
function isFromElsewhere({ headers, url: url2 }) {
  const site = headers.get("sec-fetch-site") ?? "same-origin";
  const origin2 = headers.get("origin") ?? new URL(url2).origin;
  return site !== "same-origin" || origin2 !== new URL(url2).origin;
}

// worker/routes/as-authority.ts
var TITLES = { 401: "Not authenticated", 403: "Not allowed", 503: "Temporarily unavailable" };
async function asAuthority(request2, roles, deps, act2) {
  const given = authorityTokenOf(request2);
  if (!given.ok) return notAuthorized({ status: 403, detail: given.detail }, deps);
  const authority2 = await authenticateAuthority(given.token, roles, deps);
  if (!authority2.ok) return notAuthorized(authority2.error, deps);
  return act2(authority2.value);
}
function notAuthorized({ status, detail, code }, deps) {
  const decision = randomId(deps);
  deps.log({ event: "authority", outcome: "refused", decision, status, detail, ...code === void 0 ? {} : { code } });
  const headers = status === 401 ? { "www-authenticate": "Bearer" } : status === 503 ? { "retry-after": "5" } : void 0;
  return problemAnswer({
    status,
    title: TITLES[status],
    detail,
    members: { decision_id: decision },
    ...headers === void 0 ? {} : { headers }
  });
}

// worker/routes/read-capped.ts
var DIGITS = /^[0-9]{1,12}$/;
async function readCapped(request2, maxBytes) {
  const declared = request2.headers.get("content-length");
  if (declared !== null && DIGITS.test(declared)) {
    if (Number(declared) > maxBytes) return void 0;
    const whole2 = await request2.text();
    return whole2.length > maxBytes ? void 0 : whole2;
  }
  return cappedText(request2.body, maxBytes);
}

// worker/routes/json-body.ts
var MAX_BODY_BYTES = 16 * 1024;
async function jsonBody(request2, schema, expected) {
  const json2 = parseStrictJson(await readCapped(request2, MAX_BODY_BYTES) ?? "");
  const read3 = schema.safeParse(json2.ok ? json2.value : void 0);
  return read3.success ? ok(read3.data) : err(problemAnswer({ status: 400, ...expected }));
}

// worker/routes/break-glass.ts
var CLOCK_SKEW_MS = 3e5;
var UNCLEAR = {
  title: "What was opened is not clear",
  detail: 'Expected {"envelope":"…","name":"…","people":["…","…"],"opened_at":"2026-11-22T01:44:32Z","reason":"…"}, opened in the past by two people.'
};
async function postBreakGlass(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const read3 = await jsonBody(request2, breakGlassReportSchema, UNCLEAR);
    if (!read3.ok) return read3.error;
    const { envelope, name: name3, people, opened_at, reason: reason3 } = read3.value;
    if (Date.parse(opened_at) > deps.nowMs() + CLOCK_SKEW_MS) return problemAnswer({ status: 400, ...UNCLEAR });
    const recorded = await recordAct(authority2, { action: "report_break_glass", envelope }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const entry = { type: "break_glass_used", envelope, name: name3, people, opened_at, reason: reason3, by: authority2.name };
    const written = await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry));
    if (written.ok) return jsonAnswer({ recorded: envelope });
    return problemAnswer({ status: 503, title: "The ledger cannot be written at the moment", headers: { "retry-after": "5" } });
  });
}

// worker/routes/caller-address.ts
function callerAddress(request2, config2) {
  return request2.headers.get("cf-connecting-ip") ?? (config2.isLoopback ? "127.0.0.1" : void 0);
}

// shared/freeze.ts
var FREEZE_TARGETS = ["workload", "grant", "connection", "issuer", "kind"];

// worker/authorize/policy-cache.ts
import { createHash as createHash2 } from "node:crypto";

// shared/policy/schema.ts
var NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
var LANGUAGE_VERSION = 1;
var text2 = string2().regex(/\S/, "expected text that is not blank").refine((value) => !hasControlCharacter(value) || !hasControlCharacter(oneLine(value)), "expected text without control characters");
var owner = text2.describe("Who answers for it.");
var contact = text2.describe("Where its owner is reached.").exactOptional();
var DURATION_EXPECTED = "expected a duration such as 90s, 15m, 1h or 30d";
var duration3 = string2(DURATION_EXPECTED).regex(DURATION_PATTERN, DURATION_EXPECTED);
var DATE_FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
var DATE_EXPECTED = "expected a date such as 2027-05-01";
var date3 = string2(DATE_EXPECTED).regex(DATE_FORM, { message: DATE_EXPECTED, abort: true }).refine(isDate, DATE_EXPECTED);
var count = int("expected a whole number").min(1, "expected at least 1");
var reference = string2("expected a name");
var ID_EXPECTED = 'expected a decimal id in quotes, such as "65000001"';
var id2 = string2(ID_EXPECTED).regex(/^[1-9][0-9]*$/, ID_EXPECTED);
var OWNER_EXPECTED = "expected the name of an owner, with no wildcard";
var ownerName = string2(OWNER_EXPECTED).regex(/^[^\s@:*\p{Cc}]{1,255}$/u, OWNER_EXPECTED);
var settings = strictObject({
  explain: _enum(["none", "attributes", "rules"]).meta({ description: "How much a refused caller from inside the fence is told.", default: "attributes" }).exactOptional(),
  max_ttl: duration3.meta({ description: "No credential lives longer; a longer ttl is clamped to it.", default: "1h" }).exactOptional(),
  token_max_age: duration3.meta({ description: "How old an ID token may be, from its iat.", default: "5m" }).exactOptional()
});
var CANARY_EXPECTED = "expected a name like that of a grant";
var tripwires = strictObject({
  canaries: array(string2(CANARY_EXPECTED).regex(NAME, CANARY_EXPECTED)).min(1, "expected at least one name").describe("Names that look like grants and are none: nobody has a reason to ask for one, and whoever asks trips it.").exactOptional(),
  refusals_per_minute: count.describe("More refusals than this of one repository or workload within a minute trip.").exactOptional(),
  freeze: boolean2().describe("true freezes every workload that the caller is. Default: only recorded and notified.").exactOptional()
});
var issuer = strictObject({
  platform: _enum(PLATFORM_NAMES).describe("The family of CI system whose tokens these are."),
  url: string2().describe("The exact iss of its tokens: https, lower-case host, no query, fragment or user."),
  owners: array(
    strictObject({
      name: ownerName.describe("Its name, for people. Another name with the id is a renamed owner: allowed, and reported."),
      id: id2.describe("Its id at the CI platform: what counts.")
    })
  ).min(1, "expected at least one owner: an issuer without a fence serves everybody").describe("The fence: a token of any other owner is refused before any rule is read. The id decides."),
  audience: text2.describe("The aud its tokens must carry. Default: the broker's origin.").exactOptional(),
  jwks: strictObject({
    keys: array(record(string2(), json())).min(1, "expected at least one key").describe("JSON Web Keys.")
  }).describe("An inline key set (RFC 7517) for an issuer the broker cannot reach. Public keys only.").exactOptional()
});
var workload = strictObject({
  issuer: reference.describe("The issuer its tokens come from."),
  is: record(string2(), unknown()).describe("What makes a caller this workload. Pin the id (repository_id, project_id): it decides, and follows renames."),
  owner,
  contact,
  suspended: boolean2().describe("true stops every rule that names this workload, at once.").exactOptional(),
  limits: strictObject({
    per_job: count.describe("Exchanges of one of its jobs, over all grants.").exactOptional(),
    per_hour: count.describe("Exchanges in an hour, over all grants.").exactOptional()
  }).describe("How many exchanges it may make over all its grants. Default: no limit.").exactOptional()
});
var rotation2 = strictObject({
  every: duration3.describe("How old the root secret may become."),
  last: date3.describe("The day it was last replaced.").exactOptional()
});
var connection = looseObject({
  kind: string2().describe("The sort of credential it makes."),
  owner,
  contact,
  rotation: rotation2.describe("When the root secret is replaced.").exactOptional()
});
var limits = strictObject({
  per_job: count.describe("Exchanges of one job.").exactOptional(),
  per_hour: count.describe("Exchanges in an hour, of each workload by itself.").exactOptional(),
  per_hour_total: count.describe("Exchanges in an hour, of all workloads together.").exactOptional()
});
var grant = strictObject({
  purpose: text2.describe("What it is for, in one line."),
  owner,
  contact,
  review: date3.describe("The day of its next review.").exactOptional(),
  connection: reference.describe("The connection its credentials are made with."),
  scope: unknown().describe("What a credential may do. Its form is that of the kind; empty never means all."),
  ttl: duration3.describe("How long a credential lives."),
  allow: array(looseObject({ workload: reference.describe("Who the rule is for. Every other key of a rule is a condition.") })).min(1, "expected at least one rule: a grant without rules is refused to everybody").describe("The rules. A rule holds when all of its conditions do; the first that holds authorises."),
  limits: limits.describe("How many exchanges. Default: no limit.").exactOptional()
});
var references = union([reference, array(reference).min(1, "expected at least one name")], {
  error: "expected a name or a list of names, not empty"
});
var selection = strictObject({
  name: references.describe("Grants by name.").exactOptional(),
  kind: references.describe("All grants of a kind.").exactOptional(),
  connection: references.describe("All grants of a connection.").exactOptional()
}).refine((value) => Object.keys(value).length > 0, "expected the word all, or at least one of name, kind and connection");
var guardrail = strictObject({
  why: text2.describe("Told to those it refuses."),
  grants: union([literal("all"), selection], { error: "expected the word all, or a mapping of name, kind and connection" }).describe("The grants it stands above."),
  forbid: record(string2(), unknown()).describe("When all of these hold, the answer is no.")
});
var expectation = union(
  [
    literal("allow"),
    literal("refuse"),
    strictObject({ refuse: text2.describe("The attribute, guardrail or rule that must be a reason.") })
  ],
  {
    error: "expected allow, refuse, or { refuse: the attribute, guardrail or rule that must be the reason }"
  }
);
var scenario = strictObject({
  name: text2.describe("What is tested, as a sentence."),
  ask: reference.describe("The grant that is asked for."),
  as: looseObject({ workload: reference.describe("Which workload asks. Every other key is a fact of the run.") }).describe("The run that asks: its workload and the facts that matter."),
  expect: expectation.describe("What must come out, and for a refusal why.")
});
var SECTIONS = { issuers: issuer, workloads: workload, connections: connection, grants: grant, guardrails: guardrail };
var settingsSchema = settings;
var tripwiresSchema = tripwires;
var scenarioSchema = scenario;
var SECTION_NAMES = ["issuers", "workloads", "connections", "grants", "guardrails"];
var TOP_LEVEL_KEYS = ["jobpass", "settings", ...SECTION_NAMES, "tripwires", "scenarios"];
function entryOf(records, name3) {
  return Object.hasOwn(records, name3) ? records[name3] : void 0;
}
function textsOf(value) {
  if (typeof value === "string") return [value];
  if (typeof value === "boolean") return [String(value)];
  return Array.isArray(value) ? value.flatMap(textsOf) : [];
}
function kindSettings(document) {
  const { kind: _kind, owner: _owner, contact: _contact, rotation: _rotation, ...settingsOfKind } = document;
  return settingsOfKind;
}
function oneLine(value) {
  return value.trim().replaceAll(/[ \t\r\n]+/g, " ");
}
function isDate(value) {
  if (!DATE_FORM.test(value)) return false;
  const instant3 = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant3) && new Date(instant3).toISOString().startsWith(value);
}

// shared/policy/compile.ts
function compilePolicy(document) {
  const { scenarios, ...sections } = document;
  const written = Object.entries(sections).filter(([name3, records]) => name3 === "jobpass" || Object.keys(records).length > 0);
  const members4 = written.map(([name3, records]) => [name3, canonicalJson(records)]);
  if (scenarios.length > 0) members4.push(["scenarios", `[${scenarios.map(canonicalJson).sort().join(",")}]`]);
  members4.sort(([a], [b]) => a < b ? -1 : 1);
  return `{${members4.map(([name3, text8]) => `${JSON.stringify(name3)}:${text8}`).join(",")}}`;
}
function policyDigest(compiled, sha256Hex) {
  return `sha256:${sha256Hex(compiled)}`;
}
function openCompiled(compiled) {
  const top = JSON.parse(compiled);
  if (!isCompiled(top)) throw new TypeError("this is no compiled policy");
  return {
    jobpass: LANGUAGE_VERSION,
    settings: top.settings ?? {},
    issuers: top.issuers ?? {},
    workloads: top.workloads ?? {},
    connections: top.connections ?? {},
    grants: top.grants ?? {},
    guardrails: top.guardrails ?? {},
    tripwires: top.tripwires ?? {},
    scenarios: top.scenarios ?? []
  };
}
function isCompiled(value) {
  return isJsonObject(value) && value.jobpass === LANGUAGE_VERSION;
}

// shared/kinds/kind.ts
var SECRET_NAME = /^UPSTREAM_[A-Z0-9_]{1,100}$/;

// shared/kinds/connection-parts.ts
var secretReference = strictObject({
  secret: string2().regex(SECRET_NAME, "the name of a binding that begins with UPSTREAM_").describe("The name of the secret at the broker; never the secret itself.")
});
var HOST = "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?";
var PATH = "(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?";
var API_URL = new RegExp(`^(?:https://(?:${HOST}|\\[::1\\])|http://${LOOPBACK_HOST})(?::[0-9]{1,5})?${PATH}$`);
var MAX_URL_CHARS = 255;
var apiUrl = string2().max(MAX_URL_CHARS, `at most ${MAX_URL_CHARS} characters`).regex(API_URL, "an https URL with a lower-case host and no user, query or fragment (http only on loopback)").describe("Where the API of the upstream is, if not at its usual address.");

// shared/kinds/inclusion.ts
function firstOutside(asked5, allowed) {
  return asked5.find((member) => !allowed.includes(member));
}
function meetOf(allowed, asked5) {
  return [...new Set(allowed)].filter((member) => asked5.includes(member));
}
function compareSets(base, head) {
  return comparisonOf(
    head.every((member) => base.includes(member)),
    base.every((member) => head.includes(member))
  );
}
function comparisonOf(baseHoldsHead, headHoldsBase) {
  if (baseHoldsHead && headHoldsBase) return "same";
  if (baseHoldsHead) return "narrower";
  return headHoldsBase ? "wider" : "other";
}
function combineComparisons(parts) {
  return comparisonOf(
    parts.every((part2) => part2 === "same" || part2 === "narrower"),
    parts.every((part2) => part2 === "same" || part2 === "wider")
  );
}

// shared/kinds/cloudflare-token.ts
var MAX_LIST = 100;
var CLOUDFLARE_ID = /^[0-9a-f]{32}$/;
var cloudflareId = string2().regex(CLOUDFLARE_ID, "an id of 32 hex digits");
var permissionGroup = string2().regex(/^[A-Za-z0-9](?:[A-Za-z0-9 .,:&()/_'+-]{0,118}[A-Za-z0-9)])?$/, "the name or id of a permission group");
var bucket = string2().regex(/^(?:[a-z]{2,16}\/)?[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/, "the name of a bucket, or jurisdiction/name such as eu/logs");
function listOf(member) {
  return array(member).min(1, "at least one: an empty list never means all").max(MAX_LIST, `at most ${MAX_LIST}`).refine((members4) => new Set(members4).size === members4.length, "each one once");
}
var resources = union(
  [
    literal("account"),
    strictObject({ zones: union([literal("all"), listOf(cloudflareId)]) }),
    strictObject({ buckets: listOf(bucket) })
  ],
  { error: "account, { zones: all }, { zones: [id..] } or { buckets: [name..] }" }
);
var connection2 = strictObject({
  account_id: cloudflareId.describe("The account its tokens are for."),
  token: secretReference.describe("A token that may create tokens."),
  api_url: apiUrl.exactOptional()
});
var asked = strictObject({
  permissions: listOf(permissionGroup).exactOptional(),
  resources: resources.exactOptional(),
  pin_address: boolean2().exactOptional()
}).refine((given) => Object.keys(given).length > 0, "permissions, resources or pin_address");
function setOf(given) {
  if (given === "account") return { sort: "account", members: void 0 };
  if ("zones" in given) return { sort: "zones", members: given.zones === "all" ? void 0 : given.zones };
  return { sort: "buckets", members: given.buckets };
}
function narrowResources(scope3, wanted) {
  const [limit, given] = [setOf(scope3), setOf(wanted)];
  if (limit.sort !== given.sort) return err({ field: "resources", asked: given.sort });
  const { members: members4 } = limit;
  if (members4 === void 0) return ok(wanted);
  const field = `resources.${given.sort}`;
  if (given.members === void 0) return err({ field, asked: "all" });
  const beyond = firstOutside(given.members, members4);
  return beyond === void 0 ? ok(wanted) : err({ field, asked: beyond });
}
function narrow(scope3, wanted) {
  const permissions2 = wanted.permissions ?? scope3.permissions;
  const beyond = firstOutside(permissions2, scope3.permissions);
  if (beyond !== void 0) return err({ field: "permissions", asked: beyond });
  const where = narrowResources(scope3.resources, wanted.resources ?? scope3.resources);
  if (!where.ok) return where;
  if (scope3.pin_address === true && wanted.pin_address === false) return err({ field: "pin_address", asked: "false" });
  const pinned = scope3.pin_address === true || wanted.pin_address === true;
  return ok({ permissions: permissions2, resources: where.value, ...pinned ? { pin_address: true } : {} });
}
function compareResources(base, head) {
  const [before, after] = [setOf(base), setOf(head)];
  if (before.sort !== after.sort) return "other";
  if (before.members !== void 0 && after.members !== void 0) return compareSets(before.members, after.members);
  return comparisonOf(before.members === void 0, after.members === void 0);
}
function compare(base, head) {
  const [pinnedBefore, pinnedAfter] = [base.pin_address === true, head.pin_address === true];
  return combineComparisons([
    compareSets(base.permissions, head.permissions),
    compareResources(base.resources, head.resources),
    comparisonOf(pinnedAfter || !pinnedBefore, pinnedBefore || !pinnedAfter)
  ]);
}
function summary(scope3) {
  const { sort, members: members4 } = setOf(scope3.resources);
  const where = sort === "account" ? "the account" : members4 === void 0 ? `all ${sort}` : `${sort} ${members4.join(", ")}`;
  const from = scope3.pin_address === true ? " from the caller's address" : "";
  return `${scope3.permissions.join(", ")} on ${where}${from}`;
}
var cloudflareToken = {
  name: "cloudflare-token",
  tokenType: "urn:ietf:params:oauth:token-type:access_token",
  bearer: "Bearer",
  connection: connection2,
  scope: strictObject({
    permissions: listOf(permissionGroup).describe("Permission groups of Cloudflare, by name or id."),
    resources: resources.describe("What they hold for: the account, zones, or R2 buckets."),
    pin_address: boolean2().describe("true: good from the address of the caller alone.").exactOptional()
  }),
  asked,
  credential: strictObject({ token: string2().min(1) }),
  secrets: ["token"],
  lifetime: { min: 1, max: 86400, enforced: "upstream" },
  revocation: "broker",
  minted: "upstream",
  holderKey: false,
  encode: (credential3) => credential3.token,
  narrow,
  compare,
  summary,
  secretNames: (given) => [given.token.secret]
};

// shared/kinds/github-permissions.ts
var PERMISSION_LEVELS = ["read", "write", "admin"];
var READ = ["read"];
var WRITE = ["write"];
var READ_WRITE = ["read", "write"];
var READ_WRITE_ADMIN = ["read", "write", "admin"];
var REPOSITORY_PERMISSIONS = {
  actions: READ_WRITE,
  administration: READ_WRITE,
  artifact_metadata: READ_WRITE,
  attestations: READ_WRITE,
  checks: READ_WRITE,
  code_quality: READ_WRITE,
  codespaces: READ_WRITE,
  contents: READ_WRITE,
  dependabot_secrets: READ_WRITE,
  deployments: READ_WRITE,
  discussions: READ_WRITE,
  environments: READ_WRITE,
  issues: READ_WRITE,
  merge_queues: READ_WRITE,
  metadata: READ_WRITE,
  packages: READ_WRITE,
  pages: READ_WRITE,
  pull_requests: READ_WRITE,
  repository_custom_properties: READ_WRITE,
  repository_hooks: READ_WRITE,
  repository_projects: READ_WRITE_ADMIN,
  secret_scanning_alerts: READ_WRITE,
  secrets: READ_WRITE,
  security_events: READ_WRITE,
  single_file: READ_WRITE,
  statuses: READ_WRITE,
  vulnerability_alerts: READ_WRITE,
  workflows: WRITE
};
var ORGANIZATION_PERMISSIONS = {
  custom_properties_for_organizations: READ_WRITE,
  enterprise_custom_properties_for_organizations: READ_WRITE_ADMIN,
  members: READ_WRITE,
  organization_administration: READ_WRITE,
  organization_announcement_banners: READ_WRITE,
  organization_copilot_agent_settings: READ_WRITE,
  organization_copilot_seat_management: READ_WRITE,
  organization_custom_org_roles: READ_WRITE,
  organization_custom_properties: READ_WRITE_ADMIN,
  organization_custom_roles: READ_WRITE,
  organization_events: READ,
  organization_hooks: READ_WRITE,
  organization_packages: READ_WRITE,
  organization_personal_access_token_requests: READ_WRITE,
  organization_personal_access_tokens: READ_WRITE,
  organization_plan: READ,
  organization_projects: READ_WRITE_ADMIN,
  organization_secrets: READ_WRITE,
  organization_self_hosted_runners: READ_WRITE,
  organization_user_blocking: READ_WRITE
};
var ACCOUNT_PERMISSIONS = {
  email_addresses: READ_WRITE,
  followers: READ_WRITE,
  git_ssh_keys: READ_WRITE,
  gpg_keys: READ_WRITE,
  interaction_limits: READ_WRITE,
  profile: WRITE,
  starring: READ_WRITE
};
var GITHUB_PERMISSIONS = {
  ...REPOSITORY_PERMISSIONS,
  ...ORGANIZATION_PERMISSIONS,
  ...ACCOUNT_PERMISSIONS
};
function isWithinLevel(level, limit) {
  return PERMISSION_LEVELS.indexOf(level) <= PERMISSION_LEVELS.indexOf(limit);
}

// shared/kinds/github-app.ts
var MAX_REPOSITORIES = 500;
var id3 = string2().regex(/^[1-9][0-9]{0,18}$/, 'a quoted id of digits, such as "12345"');
var account = string2().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "the login of an organisation or user");
var repositoryName = string2().regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, "a repository's name without its owner, with no wildcard");
var repositories = union(
  [
    literal("all"),
    array(repositoryName).min(1, "at least one repository: an empty list would mean all of them").max(MAX_REPOSITORIES, `at most ${MAX_REPOSITORIES} repositories`).refine(areDistinct, "each repository once")
  ],
  { error: '"all" or a list of repository names without owner' }
);
var repositoryId = id3.refine((text8) => Number.isSafeInteger(Number(text8)), "an id of at most 16 digits");
var repositoryIds = record(repositoryName, repositoryId).refine((given) => Object.keys(given).length > 0, "at least one repository with its id").refine(
  (given) => areDistinct(Object.keys(given).map(foldAscii)) && areDistinct(Object.values(given)),
  "each repository and each id once"
);
function areDistinct(texts) {
  return new Set(texts).size === texts.length;
}
var permissionShape = Object.fromEntries(
  Object.entries(GITHUB_PERMISSIONS).map(([name3, levels]) => [name3, _enum(levels).exactOptional()])
);
var permissions = strictObject(permissionShape).refine((given) => Object.keys(given).length > 0, "at least one permission: an empty list would mean all of them");
var connection3 = strictObject({
  app_id: id3.describe("The id of the GitHub App."),
  account: account.describe("The organisation or user it is installed for."),
  installation_id: id3.describe("The id of that installation; looked up when it is missing.").exactOptional(),
  private_key: secretReference.describe("The private key of the app."),
  repository_ids: repositoryIds.describe("Ids of repositories that scopes name, so that another one under the same name is never meant.").exactOptional(),
  api_url: apiUrl.exactOptional()
});
var asked2 = strictObject({ repositories: repositories.exactOptional(), permissions: permissions.exactOptional() }).refine((given) => Object.keys(given).length > 0, "repositories or permissions");
function levelOf(given, name3) {
  return Object.hasOwn(given, name3) ? given[name3] : void 0;
}
function isPermissionWithin(limit, name3, level) {
  const most = levelOf(limit, name3);
  return most !== void 0 && isWithinLevel(level, most);
}
function narrowRepositories(scope3, wanted) {
  if (scope3 === "all") return ok(wanted);
  if (wanted === "all") return err({ field: "repositories", asked: "all" });
  const beyond = firstOutside(wanted, scope3);
  return beyond === void 0 ? ok(wanted) : err({ field: "repositories", asked: beyond });
}
function narrowPermissions(scope3, wanted) {
  for (const [name3, level] of Object.entries(wanted)) {
    if (!isPermissionWithin(scope3, name3, level)) return err({ field: `permissions.${name3}`, asked: level });
  }
  return ok(wanted);
}
function narrow2(scope3, wanted) {
  const names = narrowRepositories(scope3.repositories, wanted.repositories ?? scope3.repositories);
  if (!names.ok) return names;
  const levels = narrowPermissions(scope3.permissions, wanted.permissions ?? scope3.permissions);
  if (!levels.ok) return levels;
  return ok({ repositories: names.value, permissions: levels.value });
}
function compareRepositories(base, head) {
  if (base !== "all" && head !== "all") return compareSets(base, head);
  return comparisonOf(base === "all", head === "all");
}
function holds(limit, given) {
  return Object.entries(given).every(([name3, level]) => isPermissionWithin(limit, name3, level));
}
function compare2(base, head) {
  return combineComparisons([
    compareRepositories(base.repositories, head.repositories),
    comparisonOf(holds(base.permissions, head.permissions), holds(head.permissions, base.permissions))
  ]);
}
function summary2(scope3) {
  const levels = Object.entries(scope3.permissions).map(([name3, level]) => `${name3}: ${level}`);
  const where = scope3.repositories === "all" ? "all repositories" : scope3.repositories.join(", ");
  return `${levels.join(", ")} on ${where}`;
}
var githubApp = {
  name: "github-app",
  tokenType: "urn:ietf:params:oauth:token-type:access_token",
  bearer: "Bearer",
  connection: connection3,
  scope: strictObject({
    repositories: repositories.describe("Which repositories it reaches."),
    permissions: permissions.describe("What it may do there, by permission of GitHub and level.")
  }),
  asked: asked2,
  credential: strictObject({ token: string2().min(1) }),
  secrets: ["token"],
  lifetime: { min: 1, max: 3600, enforced: "broker" },
  revocation: "broker",
  minted: "upstream",
  holderKey: false,
  encode: (credential3) => credential3.token,
  narrow: narrow2,
  compare: compare2,
  summary: summary2,
  secretNames: (given) => [given.private_key.secret]
};

// shared/kinds/jwt.ts
var RESERVED_CLAIMS = [
  ...["iss", "sub", "aud", "exp", "nbf", "iat", "jti"],
  ...["client_id", "scope", "ci"],
  ...["cnf", "act", "may_act", "azp", "authorization_details"],
  ...["auth_time", "acr", "amr", "nonce", "at_hash", "c_hash", "sid", "events"],
  ...["active", "token_type", "username"]
];
var scopeToken = string2().max(256).regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "a scope of printable ASCII without space, quote or backslash");
var claimName = string2().min(1).max(256).refine((name3) => !RESERVED_CLAIMS.includes(name3), `a claim name that is not reserved (${RESERVED_CLAIMS.slice(0, 10).join(", ")}, …)`);
var scope = strictObject({
  scopes: array(scopeToken).min(1).max(100).describe("What the token may be used for: its scope claim. A caller may ask for some of them.").exactOptional(),
  claims: record(claimName, string2().max(1024)).refine((claims) => Object.keys(claims).length > 0, "at least one claim").refine((claims) => Object.keys(claims).length <= 50, "at most 50 claims").describe("Claims that are put into the token as they are. At least one of scopes and claims is needed.").exactOptional()
}).refine((value) => value.scopes !== void 0 || value.claims !== void 0, "at least one of scopes and claims");
var connection4 = strictObject({
  audience: string2().min(1).max(512).regex(/^\S+$/, "an audience without white space").describe("The aud of the tokens: the service they are for."),
  algorithm: _enum(["ES256", "RS256"]).default("ES256").describe("The signature. RS256 for services that know nothing else."),
  resource_servers: array(string2().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "the name of a workload")).min(1).describe("Workloads that may ask the broker whether such a token still holds.").exactOptional()
});
var asked3 = strictObject({ scopes: array(scopeToken).min(1).max(100) });
var credential = strictObject({ token: string2().min(1) });
var jwt = {
  name: "jwt",
  tokenType: "urn:ietf:params:oauth:token-type:jwt",
  bearer: "Bearer",
  connection: connection4,
  scope,
  asked: asked3,
  credential,
  secrets: ["token"],
  lifetime: { min: 1, max: 43200, enforced: "upstream" },
  revocation: "broker",
  minted: "broker",
  holderKey: false,
  encode: (credential3) => credential3.token,
  narrow: narrow3,
  compare: compare3,
  summary: summary3,
  secretNames: () => []
};
function narrow3(granted, asked5) {
  const allowed = granted.scopes ?? [];
  const outside = firstOutside(asked5.scopes, allowed);
  if (outside !== void 0) return err({ field: "scopes", asked: outside });
  return ok({ ...granted, scopes: meetOf(allowed, asked5.scopes) });
}
function compare3(base, head) {
  return combineComparisons([compareSets(base.scopes ?? [], head.scopes ?? []), compareClaims(base.claims ?? {}, head.claims ?? {})]);
}
function compareClaims(base, head) {
  const names = /* @__PURE__ */ new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...names].every((name3) => base[name3] === head[name3]) ? "same" : "other";
}
function summary3(granted) {
  const parts = [];
  if (granted.scopes !== void 0) parts.push(`scopes ${granted.scopes.join(", ")}`);
  if (granted.claims !== void 0) {
    parts.push(
      `claims ${Object.entries(granted.claims).map(([name3, value]) => `${name3}=${value}`).join(", ")}`
    );
  }
  return parts.join(" · ");
}

// shared/kinds/address.ts
var FAMILY_BITS = { 4: 32, 6: 128 };
function parseCidr(text8) {
  const [addressText = "", lengthText, ...rest] = text8.split("/");
  const address2 = parseAddress(addressText);
  if (address2 === void 0 || rest.length > 0) return void 0;
  const bits = FAMILY_BITS[address2.family];
  const length = lengthText === void 0 ? bits : parseMaskLength(lengthText, bits);
  if (length === void 0) return void 0;
  const hostMask = (1n << BigInt(bits - length)) - 1n;
  if ((address2.value & hostMask) !== 0n) return void 0;
  return { family: address2.family, first: address2.value, last: address2.value | hostMask };
}
function parseMaskLength(text8, bits) {
  if (!/^(0|[1-9][0-9]{0,2})$/.test(text8)) return void 0;
  const length = Number(text8);
  return length <= bits ? length : void 0;
}
function parseAddress(text8) {
  return text8.includes(":") ? parseAddress6(text8) : parseAddress4(text8);
}
function parseAddress4(text8) {
  const parts = text8.split(".");
  if (parts.length !== 4) return void 0;
  let value = 0n;
  for (const part2 of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part2) || Number(part2) > 255) return void 0;
    value = value << 8n | BigInt(part2);
  }
  return { family: 4, value };
}
function parseAddress6(text8) {
  const [head = "", tail, ...rest] = text8.split("::");
  if (rest.length > 0) return void 0;
  const before = head === "" ? [] : head.split(":");
  const after = tail === void 0 || tail === "" ? [] : tail.split(":");
  const missing3 = 8 - before.length - after.length;
  if (tail === void 0 ? missing3 !== 0 : missing3 < 1) return void 0;
  const groups = [...before, ...new Array(missing3).fill("0"), ...after];
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return void 0;
    value = value << 16n | BigInt(`0x${group}`);
  }
  return { family: 6, value };
}
function coversAll(outer, inner) {
  const merged = mergeRanges(outer);
  return inner.every(
    (range) => merged.some((whole2) => whole2.family === range.family && whole2.first <= range.first && range.last <= whole2.last)
  );
}
function mergeRanges(ranges) {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const merged = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    const touches = previous !== void 0 && previous.family === range.family && range.first <= previous.last + 1n;
    if (!touches) merged.push(range);
    else if (range.last > previous.last) merged[merged.length - 1] = { ...previous, last: range.last };
  }
  return merged;
}

// shared/kinds/ssh-cert.ts
var SSH_EXTENSIONS = [
  "permit-pty",
  "permit-port-forwarding",
  "permit-agent-forwarding",
  "permit-X11-forwarding",
  "permit-user-rc",
  "no-touch-required"
];
var principal = string2().min(1).max(255).regex(/^[^\s\p{Cc},"'*?!]+$/u, "a principal without white space, comma, quote or wildcard");
var command = string2().max(4096).regex(/^[^\p{Cc}]+$/u, "a command on one line").refine((text8) => text8.trim() !== "", "a command on one line");
var cidr = string2().max(64).refine((text8) => parseCidr(text8) !== void 0, "an address or CIDR range with no bits below its mask");
var fields = {
  principals: array(principal).min(1).max(64).describe("The names the certificate is good for: users of the hosts, as their sshd maps them."),
  force_command: command.describe("The one command it may run.").exactOptional(),
  source_address: union([literal("caller"), array(cidr).min(1).max(64)], { error: "the word caller, or a list of CIDR ranges" }).describe("Where it may be used from: some networks, or the address of the caller alone.").exactOptional(),
  extensions: array(_enum(SSH_EXTENSIONS)).min(1).max(SSH_EXTENSIONS.length).describe("What a session may do besides running a command. None unless listed.").exactOptional()
};
var connection5 = strictObject({
  ca: literal("ed25519").describe("The key of its certificate authority: made and kept by the broker under the name of the connection.")
});
var scope2 = strictObject(fields);
var asked4 = strictObject({ ...fields, principals: fields.principals.exactOptional() }).refine((value) => Object.keys(value).length > 0, "at least one of principals, force_command, source_address and extensions");
var credential2 = strictObject({
  certificate: string2().min(1),
  ca: string2().min(1),
  principals: array(string2().min(1)).min(1),
  serial: string2().regex(/^[1-9][0-9]{0,19}$/),
  key_id: string2().min(1)
});
var sshCert = {
  name: "ssh-cert",
  tokenType: "urn:jobpass:params:credential:ssh-cert",
  bearer: "N_A",
  connection: connection5,
  scope: scope2,
  asked: asked4,
  credential: credential2,
  secrets: [],
  lifetime: { min: 1, max: 43200, enforced: "upstream" },
  revocation: "none",
  minted: "broker",
  holderKey: true,
  encode: (credential3) => JSON.stringify(credential3),
  narrow: narrow4,
  compare: compare4,
  summary: summary4,
  secretNames: () => []
};
function narrow4(granted, asked5) {
  const exceeded = excessOf(granted, asked5);
  if (exceeded !== void 0) return err(exceeded);
  return ok({
    ...granted,
    ...asked5,
    principals: asked5.principals === void 0 ? granted.principals : meetOf(granted.principals, asked5.principals),
    ...asked5.extensions !== void 0 && { extensions: meetOf(granted.extensions ?? [], asked5.extensions) }
  });
}
function excessOf(granted, asked5) {
  const principalOutside = firstOutside(asked5.principals ?? [], granted.principals);
  if (principalOutside !== void 0) return { field: "principals", asked: principalOutside };
  const extensionOutside = firstOutside(asked5.extensions ?? [], granted.extensions ?? []);
  if (extensionOutside !== void 0) return { field: "extensions", asked: extensionOutside };
  if (!holdsCommand(granted.force_command, asked5.force_command)) return { field: "force_command", asked: String(asked5.force_command) };
  return addressOutside(granted.source_address, asked5.source_address);
}
function holdsCommand(granted, asked5) {
  return asked5 === void 0 || granted === void 0 || granted === asked5;
}
function addressOutside(granted, asked5) {
  if (asked5 === void 0 || granted === void 0) return void 0;
  if (asked5 === "caller") return granted === "caller" ? void 0 : { field: "source_address", asked: asked5 };
  const outside = asked5.find((range) => granted === "caller" || !coversAll(rangesOf(granted), rangesOf([range])));
  return outside === void 0 ? void 0 : { field: "source_address", asked: outside };
}
function compare4(base, head) {
  return combineComparisons([
    compareSets(base.principals, head.principals),
    compareSets(base.extensions ?? [], head.extensions ?? []),
    comparisonOf(
      base.force_command === void 0 || base.force_command === head.force_command,
      head.force_command === void 0 || base.force_command === head.force_command
    ),
    comparisonOf(holdsAddress(base.source_address, head.source_address), holdsAddress(head.source_address, base.source_address))
  ]);
}
function holdsAddress(outer, inner) {
  if (outer === void 0) return true;
  return inner !== void 0 && addressOutside(outer, inner) === void 0;
}
function rangesOf(ranges) {
  return ranges.map(parseCidr).filter((range) => range !== void 0);
}
function summary4(granted) {
  const parts = [`principals ${granted.principals.join(", ")}`];
  if (granted.force_command !== void 0) parts.push(`only runs ${granted.force_command}`);
  if (granted.source_address !== void 0)
    parts.push(`from ${granted.source_address === "caller" ? "the caller" : granted.source_address.join(", ")}`);
  parts.push(granted.extensions === void 0 ? "no extensions" : `extensions ${granted.extensions.join(", ")}`);
  return parts.join(" · ");
}

// shared/kinds/index.ts
var kinds = {
  "cloudflare-token": cloudflareToken,
  "github-app": githubApp,
  jwt,
  "ssh-cert": sshCert
};
var KIND_NAMES = ["cloudflare-token", "github-app", "jwt", "ssh-cert"];
function isKindName(name3) {
  return Object.hasOwn(kinds, name3);
}
function kindOf(name3) {
  return kinds[name3];
}

// shared/policy/settings.ts
var DEFAULT_MAX_TTL = 3600;
var DEFAULT_TOKEN_MAX_AGE = 300;
function readSettings({ explain, max_ttl: maxTtl, token_max_age: maxAge }) {
  return {
    explain: explain ?? "attributes",
    maxTtl: secondsOf(maxTtl) ?? DEFAULT_MAX_TTL,
    tokenMaxAge: secondsOf(maxAge) ?? DEFAULT_TOKEN_MAX_AGE
  };
}
function secondsOf(duration4) {
  return duration4 === void 0 ? void 0 : parseDuration(duration4);
}

// shared/policy/identity.ts
var HINTS = {
  reregistered: "this name belongs to a re-registered repository: the policy pins the id of another one",
  transferred: "the repository was transferred: the policy knows its id under another owner"
};
function identify(workload2, caller) {
  if (caller.issuer.url !== workload2.issuer.url) {
    return { matches: false, failures: [{ attribute: "issuer", seen: caller.issuer.url, expected: [workload2.issuer.url] }] };
  }
  const failed2 = failedConditions(workload2, caller);
  const { repository, repositoryId: repositoryId2 } = workload2.issuer.platform.roles;
  const id5 = conditionOn(workload2, repositoryId2);
  if (id5 !== void 0 && !failed2.includes(id5)) return identifyPinned(workload2, caller, failed2);
  if (failed2.length === 0) return UNCHANGED;
  const name3 = conditionOn(workload2, repository);
  const isReregistered = id5 !== void 0 && name3 !== void 0 && !failed2.includes(name3);
  const hintFor = (condition) => isReregistered && condition === id5 ? HINTS.reregistered : void 0;
  return { matches: false, failures: failed2.map((condition) => failureOf(condition, caller.attributes, hintFor(condition))) };
}
var UNCHANGED = { matches: true, notes: [] };
var NONE2 = [];
function failedConditions({ is }, { attributes }) {
  return is.every((condition) => conditionHolds(condition, attributes)) ? NONE2 : is.filter((condition) => !conditionHolds(condition, attributes));
}
function identifyPinned(workload2, caller, failed2) {
  const { repository, owner: ownerName2, ownerId } = workload2.issuer.platform.roles;
  const isSameOwner = hasOwner(workload2, caller);
  if (isSameOwner && failed2.length === 0) return UNCHANGED;
  const fatal = isSameOwner ? failed2.filter(({ attribute: attribute2 }) => attribute2 !== repository && attribute2 !== ownerName2) : failed2;
  if (isSameOwner && fatal.length === 0) return { matches: true, notes: failed2.flatMap((condition) => renameNote(condition, caller)) };
  const hintFor = ({ attribute: attribute2 }) => !isSameOwner && [repository, ownerName2, ownerId].includes(attribute2) ? HINTS.transferred : void 0;
  const failures = fatal.map((condition) => failureOf(condition, caller.attributes, hintFor(condition)));
  const isOwnerTold = isSameOwner || failures.some(({ attribute: attribute2 }) => attribute2 === ownerId);
  const owner3 = { attribute: ownerId, seen: caller.owner.id, expected: [], hint: HINTS.transferred };
  return { matches: false, failures: isOwnerTold ? failures : [...failures, owner3] };
}
function hasOwner(workload2, { owner: owner3, attributes }) {
  const id5 = conditionOn(workload2, workload2.issuer.platform.roles.ownerId);
  if (id5 !== void 0) return conditionHolds(id5, attributes);
  const names = ownerNames(workload2);
  return names.length === 0 || names.some((name3) => isOwnerNamed(name3, owner3, workload2));
}
function ownerNames({ is, issuer: { platform } }) {
  const { roles } = platform;
  const names = [];
  for (const { attribute: attribute2, patterns: patterns2 } of is) {
    if (attribute2 === roles.repository) for (const { text: text8 } of patterns2) names.push(platform.ownerOf(text8));
    if (attribute2 === roles.owner) for (const { text: text8 } of patterns2) names.push(text8);
  }
  return names;
}
function isOwnerNamed(name3, owner3, { issuer: issuer2 }) {
  let isFenced = false;
  for (const entry of issuer2.owners) {
    if (!sameText(entry.name, name3, true)) continue;
    if (entry.id === owner3.id) return true;
    isFenced = true;
  }
  return !isFenced && sameText(name3, owner3.name, true);
}
function renameNote({ attribute: attribute2, patterns: patterns2 }, { attributes, issuer: issuer2 }) {
  const policyName = patterns2[0]?.text;
  const { repository } = issuer2.platform.roles;
  const tokenName = attributes.get(repository);
  if (attribute2 !== repository || policyName === void 0 || tokenName === void 0) return [];
  return [{ about: "repository_renamed", policyName, tokenName }];
}
function conditionOn({ is }, attribute2) {
  return is.find((condition) => condition.attribute === attribute2);
}

// shared/policy/workload-index.ts
function workloadIndex(documents, workload2) {
  let index;
  return (caller) => {
    index ??= indexOf(documents);
    const { attributes } = caller;
    const keys = [idKey(attributes.get("repository_id") ?? ""), nameKey(attributes.get("repository") ?? ""), OTHERS3];
    const names = new Set(keys.flatMap((key) => index?.get(key) ?? []));
    const records = [...names].flatMap((name3) => workload2(name3) ?? []);
    return records.filter((record3) => identify(record3, caller).matches);
  };
}
var OTHERS3 = "others";
var idKey = (id5) => `id ${id5}`;
var nameKey = (name3) => `name ${name3.toLowerCase()}`;
function indexOf(documents) {
  const index = /* @__PURE__ */ new Map();
  for (const [name3, document] of Object.entries(documents)) {
    for (const key of keysOf(document)) {
      const names = index.get(key);
      if (names === void 0) index.set(key, [name3]);
      else names.push(name3);
    }
  }
  return index;
}
function keysOf({ is }) {
  const ids = textsOf(is.repository_id);
  if (ids.length > 0) return ids.map(idKey);
  const names = textsOf(is.repository);
  return names.length === 0 || names.some((name3) => name3.includes("*")) ? [OTHERS3] : names.map(nameKey);
}

// shared/policy/load.ts
function loadPolicy(document, digest2) {
  const issuers = Object.entries(document.issuers).map(([name3, issuer2]) => loadIssuer(name3, issuer2));
  const byName = new Map(issuers.map((issuer2) => [issuer2.name, issuer2]));
  const workload2 = kept((name3) => loadWorkload(name3, document, byName));
  const connection6 = kept((name3) => loadConnection(name3, document));
  const conditionsOf = keptConditions();
  const grant2 = kept((name3) => {
    const written = entryOf(document.grants, name3);
    return written === void 0 ? void 0 : loadGrant(name3, written, { workload: workload2, connection: connection6, conditionsOf });
  });
  let grantNames;
  const platformsInUse = [...new Set(issuers.map(({ platform }) => platform))];
  return {
    get digest() {
      return typeof digest2 === "string" ? digest2 : digest2();
    },
    settings: readSettings(document.settings),
    issuers: new Map(issuers.map((issuer2) => [issuer2.url, issuer2])),
    guardrails: Object.entries(document.guardrails).map(([name3, guardrail2]) => loadGuardrail(name3, guardrail2, platformsInUse)),
    tripwires: loadTripwires(document.tripwires),
    grant: grant2,
    connection: connection6,
    workload: workload2,
    workloadsOf: workloadIndex(document.workloads, workload2),
    get grantNames() {
      grantNames ??= Object.keys(document.grants);
      return grantNames;
    },
    get connectionNames() {
      return Object.keys(document.connections);
    },
    get workloadNames() {
      return Object.keys(document.workloads);
    }
  };
}
function keptConditions() {
  const byPlatform = /* @__PURE__ */ new Map();
  return (platform) => {
    const known = byPlatform.get(platform) ?? ruleConditions(platform);
    byPlatform.set(platform, known);
    return known;
  };
}
function ruleConditions(platform) {
  const made = /* @__PURE__ */ new Map();
  const defaults = [...platform.ruleDefaults].map(
    ([attribute2, texts]) => ({ ...loadCondition(attribute2, texts, [platform]), byDefault: true })
  );
  const stated3 = (attribute2, value) => {
    const key = typeof value === "string" ? `${attribute2}=${value}` : `${attribute2} ${JSON.stringify(value)}`;
    const condition = made.get(key) ?? loadCondition(attribute2, textsOf(value), [platform]);
    made.set(key, condition);
    return condition;
  };
  return { stated: stated3, defaults };
}
function kept(make) {
  const made = /* @__PURE__ */ new Map();
  return (name3) => {
    const known = made.get(name3);
    if (known !== void 0) return known;
    const value = make(name3);
    if (value !== void 0) made.set(name3, value);
    return value;
  };
}
function defined(value, what) {
  if (value === void 0) throw new TypeError(`the policy was loaded without being checked: ${what}`);
  return value;
}
function loadIssuer(name3, { platform, url: url2, owners, audience: audience2, jwks: jwks2 }) {
  const optional2 = { ...audience2 === void 0 ? {} : { audience: audience2 }, ...jwks2 === void 0 ? {} : { jwks: jwks2 } };
  return { name: name3, url: url2, platform: platforms[platform], owners, ...optional2 };
}
function loadWorkload(name3, document, issuers) {
  const written = entryOf(document.workloads, name3);
  if (written === void 0) return void 0;
  const issuer2 = defined(issuers.get(written.issuer), `issuer of workload ${name3}`);
  return {
    name: name3,
    issuer: issuer2,
    is: loadConditions(written.is, [issuer2.platform]),
    owner: written.owner,
    suspended: written.suspended ?? false,
    limits: loadLimits(written.limits)
  };
}
function loadConnection(name3, document) {
  const written = entryOf(document.connections, name3);
  if (written === void 0) return void 0;
  const kind = defined(isKindName(written.kind) ? kindOf(written.kind) : void 0, `kind of connection ${name3}`);
  return { name: name3, kind, settings: kind.connection.parse(kindSettings(written)), owner: written.owner };
}
function loadGrant(name3, written, resolved) {
  const connection6 = defined(resolved.connection(written.connection), `connection of grant ${name3}`);
  const perHourTotal = written.limits?.per_hour_total;
  return {
    name: name3,
    purpose: written.purpose,
    owner: written.owner,
    connection: connection6,
    scope: connection6.kind.scope.parse(written.scope),
    ttl: defined(parseDuration(written.ttl), `ttl of grant ${name3}`),
    limits: { ...loadLimits(written.limits), ...perHourTotal === void 0 ? {} : { perHourTotal } },
    rules: written.allow.map((rule, index) => loadRule(`${name3}/${index}`, rule, resolved))
  };
}
function loadLimits({ per_job: perJob, per_hour: perHour } = {}) {
  return { ...perJob === void 0 ? {} : { perJob }, ...perHour === void 0 ? {} : { perHour } };
}
function loadRule(name3, { workload: workloadName, ...stated3 }, resolved) {
  const workload2 = defined(resolved.workload(workloadName), `workload of rule ${name3}`);
  const known = resolved.conditionsOf(workload2.issuer.platform);
  const isStated = ({ attribute: attribute2 }) => Object.hasOwn(stated3, attribute2) || workload2.is.some((condition) => condition.attribute === attribute2);
  const conditions = Object.entries(stated3).map(([attribute2, value]) => known.stated(attribute2, value));
  return { name: name3, workload: workload2, conditions: [...conditions, ...known.defaults.filter((condition) => !isStated(condition))] };
}
function loadGuardrail(name3, { why, grants: grants2, forbid }, inUse) {
  return { name: name3, why: oneLine(why), appliesTo: grants2 === "all" ? () => true : selects(grants2), forbid: loadConditions(forbid, inUse) };
}
function loadTripwires({ canaries = [], refusals_per_minute: refusalsPerMinute, freeze = false }) {
  return { canaries: new Set(canaries), freeze, ...refusalsPerMinute === void 0 ? {} : { refusalsPerMinute } };
}
function selects(selection2) {
  const [names, kinds2, connections2] = [selection2.name, selection2.kind, selection2.connection].map((value) => new Set(textsOf(value)));
  return (grant2) => names?.has(grant2.name) === true || kinds2?.has(grant2.connection.kind.name) === true || connections2?.has(grant2.connection.name) === true;
}
function loadConditions(written, inUse) {
  return Object.entries(written).map(([attribute2, value]) => loadCondition(attribute2, textsOf(value), inUse));
}
function loadCondition(attribute2, texts, inUse) {
  const form = defined(
    inUse.map((platform) => platform.attribute(attribute2)).find((found2) => found2 !== void 0),
    `attribute ${attribute2}`
  );
  const options = { foldCase: form.foldCase === true, literal: form.match === "exact" };
  return { attribute: attribute2, patterns: texts.map((text8) => compilePattern(text8, options)) };
}

// worker/authorize/policy-cache.ts
var LOOK_COOLDOWN_MS = 1e3;
async function currentPolicy(deps) {
  return deps.policies.policy ?? await activePolicy(deps);
}
async function activePolicy(deps) {
  deps.policies.lookedAt = deps.nowMs();
  const { policy: digest2 } = await deps.policyStore().activation();
  return digest2 === null ? void 0 : await policyOf(digest2, deps);
}
async function newerPolicy(than, deps) {
  if (deps.policies.policy !== void 0 && deps.policies.policy.digest !== than.digest) return deps.policies.policy;
  if (Math.abs(deps.nowMs() - deps.policies.lookedAt) < LOOK_COOLDOWN_MS) return void 0;
  const active = await activePolicy(deps);
  return active?.digest === than.digest ? void 0 : active;
}
async function policyOf(digest2, deps) {
  if (deps.policies.policy?.digest === digest2) return deps.policies.policy;
  const policy = loadPolicy(openCompiled(await policyText(digest2, deps)), digest2);
  deps.policies.policy = policy;
  return policy;
}
async function policyText(digest2, deps) {
  const store = deps.policyStore();
  let text8 = "";
  for (let index = 0; ; index++) {
    const piece = await store.piece(digest2, index);
    if (piece === null) break;
    text8 += piece;
  }
  if (`sha256:${createHash2("sha256").update(text8).digest("hex")}` !== digest2) throw new Error(`the stored policy is not ${digest2}`);
  return text8;
}

// worker/candidate.ts
import { createHash as createHash3 } from "node:crypto";

// shared/policy/nearest.ts
var SLIP_SHARE = 0.4;
function likelyMeant(wanted, names) {
  const limit = Math.max(1, Math.floor(wanted.length * SLIP_SHARE));
  let best;
  let bestDistance = limit + 1;
  for (const name3 of names) {
    const distance = isOneSlip(wanted, name3) ? Math.min(1, editDistance(wanted, name3)) : editDistance(wanted, name3, bestDistance);
    if (distance < bestDistance) {
      best = name3;
      bestDistance = distance;
    }
  }
  return best;
}
function suggestion(wanted, names) {
  const name3 = likelyMeant(wanted, names);
  return name3 === void 0 ? "" : ` (did you mean "${name3}"?)`;
}
function isOneSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return Math.max(a.length, b.length) - head - tail <= 2;
}
function editDistance(a, b, limit = Number.POSITIVE_INFINITY) {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  let current = new Array(b.length + 1).fill(0);
  for (let row = 1; row <= a.length; row++) {
    if (fillRow(current, previous, { unit: a.charCodeAt(row - 1), row, b }) >= limit) return limit;
    const spare = previous;
    previous = current;
    current = spare;
  }
  return Math.min(previous[b.length] ?? 0, limit);
}
function fillRow(current, previous, { unit, row, b }) {
  current[0] = row;
  let smallest = row;
  let left = row;
  for (let column = 1; column <= b.length; column++) {
    const diagonal = previous[column - 1] ?? 0;
    const replaced2 = b.charCodeAt(column - 1) === unit ? diagonal : diagonal + 1;
    const cell = Math.min(replaced2, (previous[column] ?? 0) + 1, left + 1);
    current[column] = cell;
    left = cell;
    if (cell < smallest) smallest = cell;
  }
  return smallest;
}

// shared/policy/problem.ts
function errorAt(path, id5, message2) {
  return { path, at: "value", id: id5, severity: "error", message: message2 };
}
function errorAtKey(path, id5, message2) {
  return { path, at: "key", id: id5, severity: "error", message: message2 };
}
function formatPath(path) {
  let text8 = "";
  for (const step of path) text8 += typeof step === "number" ? `[${step}]` : text8 === "" ? step : `.${step}`;
  return text8;
}

// shared/policy/shape-problems.ts
var MAX_QUOTED_LENGTH = 60;
var MAX_LISTED_VALUES = 12;
var DEFAULT_MESSAGE = /^(Invalid|Too |Unrecognized)/;
var TYPE_WORDS = /* @__PURE__ */ new Map([
  ["object", "a mapping"],
  ["record", "a mapping"],
  ["array", "a list"],
  ["string", "text"],
  ["boolean", "true or false"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["null", "nothing"],
  ["undefined", "nothing"],
  ["nonoptional", "a value"]
]);
function shapeProblems({ issues }, judged2) {
  return listProblems(issues, judged2);
}
function listProblems(issues, judged2) {
  const misspelt = new Set(issues.filter(({ code }) => code === "unrecognized_keys").map(({ path }) => path.join("\n")));
  return issues.filter(({ code, path }) => code !== "custom" || !misspelt.has(path.join("\n"))).flatMap((issue2) => issueProblems(issue2, judged2));
}
function issueProblems(issue2, judged2) {
  const inner = issue2.path.map(stepOf);
  const path = [...judged2.path, ...inner];
  if (issue2.code === "unrecognized_keys") return issue2.keys.map((key) => unknownKey(key, path, keysAt(judged2.schema, inner)));
  const value = valueAt(judged2.value, inner);
  if (value === void 0) return [errorAtKey(path.slice(0, -1), "missing-key", `${lastName(path)} is missing: ${expectation2(issue2)}`)];
  if (value === null) return [errorAt(path, "empty", `${expectation2(issue2)}, found nothing`)];
  const branch = issue2.code === "invalid_union" ? meantBranch(issue2.errors) : void 0;
  if (branch !== void 0) {
    return listProblems(
      branch.map((each2) => ({ ...each2, path: [...inner, ...each2.path] })),
      judged2
    );
  }
  if (issue2.code === "invalid_key") return [errorAtKey(path, judged2.otherwise, `${expectation2(issue2)}, found ${quoted(lastName(path))}`)];
  const message2 = `${expectation2(issue2)}${found(issue2, value)}`;
  if (isEmpty(value)) return [errorAt(path, "empty", message2)];
  return [errorAt(path, issue2.code === "invalid_type" ? "wrong-type" : judged2.otherwise, message2)];
}
function meantBranch(branches) {
  const meant = branches.filter(([first]) => first !== void 0 && (first.path.length > 0 || !ANOTHER_FORM.includes(first.code)));
  return meant.length === 1 ? meant[0] : void 0;
}
var ANOTHER_FORM = ["invalid_type", "invalid_value"];
function unknownKey(key, parent, known) {
  const hint = suggestion(key, known);
  const valid = hint === "" && known.length > 0 && known.length <= MAX_LISTED_VALUES ? `; expected one of ${known.join(", ")}` : hint;
  return errorAtKey([...parent, key], "unknown-key", `unknown key ${quoted(key)}${valid}`);
}
function expectation2(issue2) {
  if (!DEFAULT_MESSAGE.test(issue2.message)) return issue2.message.startsWith("expected") ? issue2.message : `expected ${issue2.message}`;
  switch (issue2.code) {
    case "invalid_type":
      return `expected ${TYPE_WORDS.get(issue2.expected) ?? issue2.expected}`;
    case "invalid_value":
      return `expected ${oneOf(issue2.values.map(String))}`;
    case "too_small":
      return `expected at least ${issue2.minimum}${unitOf(issue2.origin)}`;
    case "too_big":
      return `expected at most ${issue2.maximum}${unitOf(issue2.origin)}`;
    case "invalid_format":
      return issue2.pattern === void 0 ? `expected a text of the form ${issue2.format}` : `expected a text that matches ${issue2.pattern}`;
    case "invalid_key":
      return issue2.issues[0] === void 0 ? "expected another name" : expectation2(issue2.issues[0]);
    case "invalid_union":
      return `expected ${[...new Set(issue2.errors.flatMap(firstExpectation))].join(", or ")}`;
    default:
      return "expected another value";
  }
}
function firstExpectation([first]) {
  return first === void 0 ? [] : [expectation2(first).replace(/^expected /, "")];
}
function oneOf(values) {
  if (values.length === 1) return values[0] ?? "";
  const shown3 = values.slice(0, MAX_LISTED_VALUES).join(", ");
  return `one of ${shown3}${values.length > MAX_LISTED_VALUES ? ", …" : ""}`;
}
function unitOf(origin2) {
  if (origin2 === "string") return " characters";
  return origin2 === "array" || origin2 === "set" ? " in the list" : "";
}
function found(issue2, value) {
  if (issue2.code === "invalid_value" && typeof value === "string") {
    return `, found ${quoted(value)}${suggestion(value, issue2.values.map(String))}`;
  }
  if (typeof value === "number") {
    const isTextWanted = issue2.code === "invalid_type" && issue2.expected === "string";
    return `, found the number ${value}${isTextWanted ? ": put it in quotes" : ""}`;
  }
  if (typeof value === "string") return `, found ${quoted(value)}`;
  return `, found ${describe2(value)}`;
}
function describe2(value) {
  if (value === null || value === void 0) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
  return typeof value === "string" ? quoted(value) : String(value);
}
function quoted(value) {
  return JSON.stringify(value.length > MAX_QUOTED_LENGTH ? `${value.slice(0, MAX_QUOTED_LENGTH)}…` : value);
}
function isEmpty(value) {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === "";
}
function lastName(path) {
  return String(path.at(-1) ?? "the document");
}
function stepOf(step) {
  return typeof step === "symbol" ? String(step) : step;
}
function valueAt(value, path) {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return void 0;
    current = Reflect.get(current, step);
  }
  return current;
}
function keysAt(schema, path) {
  const [step, ...rest] = path;
  if (schema instanceof ZodExactOptional || schema instanceof ZodOptional || schema instanceof ZodDefault) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof ZodUnion) return [...new Set(schema.options.flatMap((option) => keysAt(option, path)))];
  if (schema instanceof ZodObject) return step === void 0 ? Object.keys(schema.shape) : keysAt(schema.shape[step], rest);
  if (schema instanceof ZodArray && step !== void 0) return keysAt(schema.element, rest);
  if (schema instanceof ZodRecord && step !== void 0) return keysAt(schema.valueType, rest);
  return [];
}

// shared/policy/check-conditions.ts
var DECIMAL_ID2 = /^[1-9][0-9]*$/;
var ONLY_WILDCARDS = /^\*+$/;
function checkConditions(conditions, place4, report3) {
  for (const [name3, value] of Object.entries(conditions)) {
    const path = [...place4.path, name3];
    const forms = attributeForms(name3, place4, path, report3);
    if (forms.length > 0) checkValue(value, { name: name3, forms, path }, report3);
  }
}
function attributeForms(name3, place4, path, report3) {
  const excluded = place4.excluded?.get(name3) ?? firstDefined(place4.platforms, (platform) => platform.neverConditions.get(name3));
  if (excluded !== void 0) {
    report3(errorAtKey(path, "forbidden-attribute", `${name3} is never a condition here: ${excluded}`));
    return [];
  }
  const forms = place4.platforms.map((platform) => platform.attribute(name3)).filter((form) => form !== void 0);
  if (forms.length === 0) {
    const known = place4.platforms.flatMap((platform) => platform.attributeNames);
    report3(errorAtKey(path, "unknown-attribute", `unknown attribute ${quoted(name3)}${suggestion(name3, known)}`));
  }
  return forms;
}
function checkValue(value, written, report3) {
  if (!Array.isArray(value)) {
    checkOne(value, written, report3);
    return;
  }
  if (value.length === 0) {
    report3(errorAt(written.path, "empty", `${written.name}: expected at least one pattern; an empty list would match nothing`));
  }
  value.forEach((entry, index) => {
    checkOne(entry, { ...written, path: [...written.path, index] }, report3);
  });
}
function checkOne(value, { name: name3, forms, path }, report3) {
  const text8 = conditionText(value);
  if (typeof text8 === "object") report3(errorAt(path, text8.id, `${name3}: ${text8.message}`));
  else {
    const fault = faultOfAll(forms, (form) => patternFault(text8, form));
    if (fault !== void 0) report3(errorAt(path, fault.id, `${name3}: ${fault.message}`));
  }
}
function conditionText(value) {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (value === null || value === void 0) return { id: "empty", message: "expected a pattern, found nothing" };
  const advice = typeof value === "number" ? ": put ids and numbers in quotes" : "";
  return { id: "wrong-type", message: `expected text or a list of texts, found ${describe2(value)}${advice}` };
}
function faultOfAll(forms, faultOf) {
  const faults = forms.map(faultOf);
  return faults.includes(void 0) ? void 0 : faults[0];
}
function patternFault(text8, form) {
  return textFault(text8) ?? wildcardFault(text8, form) ?? valueFault(text8, form);
}
function textFault(text8) {
  if (text8 === "") return { id: "empty", message: "an empty pattern never matches: a missing or empty fact counts as absent" };
  if (text8.length > MAX_PATTERN_LENGTH) {
    return { id: "invalid-pattern", message: `expected at most ${MAX_PATTERN_LENGTH} characters, found ${text8.length}` };
  }
  if (text8.trim() !== text8) return { id: "invalid-pattern", message: `expected no space around ${quoted(text8)}` };
  if (hasControlCharacter(text8)) return { id: "invalid-pattern", message: `expected no control characters in ${quoted(text8)}` };
  return void 0;
}
function wildcardFault(text8, form) {
  if (!text8.includes("*")) return void 0;
  if (form.match === "exact") return { id: "wildcard-not-allowed", message: `this attribute is compared exactly: no * in ${quoted(text8)}` };
  if (ONLY_WILDCARDS.test(text8))
    return { id: "matches-everything", message: `${quoted(text8)} could match everything: leave the attribute out or be exact` };
  return void 0;
}
function valueFault(text8, form) {
  if (form.form === "id" && !DECIMAL_ID2.test(text8)) {
    return { id: "wrong-value", message: `expected a decimal id without a leading zero, found ${quoted(text8)}` };
  }
  if (form.form === "boolean" && text8 !== "true" && text8 !== "false") {
    return { id: "wrong-value", message: `expected true or false, found ${quoted(text8)}` };
  }
  if (form.form === "word" && !form.values?.includes(text8)) return wordFault(text8, form.values ?? []);
  if (form.prefix !== void 0 && !text8.startsWith(form.prefix) && !text8.startsWith("*")) {
    return { id: "invalid-pattern", message: `expected ${form.prefix}… in full (${form.prefix}heads/${text8}?), found ${quoted(text8)}` };
  }
  return form.literalOwner === void 0 ? void 0 : ownerFault(text8, form.literalOwner);
}
function wordFault(text8, values) {
  const hint = suggestion(text8, values);
  const valid = hint === "" && values.length <= 5 ? `; expected one of ${values.join(", ")}` : hint;
  return { id: "wrong-value", message: `unknown value ${quoted(text8)}${valid}` };
}
function ownerFault(text8, which) {
  const slash = which === "first" ? text8.indexOf("/") : text8.lastIndexOf("/");
  const owner3 = text8.slice(0, Math.max(slash, 0));
  if (owner3.includes("*") || slash < 0 && text8.includes("*")) {
    return { id: "wildcard-not-allowed", message: `expected the owner written out before the ${which} /, found ${quoted(text8)}` };
  }
  if (which === "last" && text8.includes("**")) {
    const message2 = `expected * at most, found ${quoted(text8)}: ** would reach into subgroups, which have owners of their own`;
    return { id: "wildcard-not-allowed", message: message2 };
  }
  if (owner3 === "" || slash === text8.length - 1) return { id: "invalid-pattern", message: `expected owner/name, found ${quoted(text8)}` };
  return void 0;
}
function firstDefined(items, read3) {
  for (const item of items) {
    const value = read3(item);
    if (value !== void 0) return value;
  }
  return void 0;
}

// shared/policy/check-access.ts
function checkConnections(context) {
  for (const [name3, connection6] of Object.entries(context.document.connections)) {
    const path = ["connections", name3];
    const kind = checkKindName(connection6.kind, [...path, "kind"], context);
    if (kind !== void 0) checkKindSettings(connection6, { kind, path }, context);
  }
}
function checkKindName(name3, path, { report: report3 }) {
  if (isKindName(name3)) return kindOf(name3);
  const hint = suggestion(name3, KIND_NAMES) || `; expected one of ${KIND_NAMES.join(", ")}`;
  report3(errorAt(path, "undefined-name", `unknown kind ${quoted(name3)}${hint}`));
  return void 0;
}
function checkKindSettings(connection6, { kind, path }, context) {
  const value = kindSettings(connection6);
  const parsed3 = kind.connection.safeParse(value);
  if (!parsed3.success) {
    const judged2 = { schema: kind.connection, value, path, otherwise: "invalid-connection" };
    for (const problem of shapeProblems(parsed3.error, judged2)) context.report(problem);
    return;
  }
  for (const secret of kind.secretNames(parsed3.data)) {
    if (!SECRET_NAME.test(secret)) context.report(errorAt(path, "invalid-connection", `${quoted(secret)} is no binding named UPSTREAM_*`));
  }
  const servers = Object.hasOwn(value, "resource_servers") ? value.resource_servers : void 0;
  textsOf(servers).forEach((name3, index) => {
    context.isDefined("workloads", name3, [...path, "resource_servers", index]);
  });
}
function checkGrants(context) {
  for (const [name3, grant2] of Object.entries(context.document.grants)) {
    const path = ["grants", name3];
    context.isDefined("connections", grant2.connection, [...path, "connection"]);
    const connection6 = entryOf(context.document.connections, grant2.connection);
    const kind = connection6 !== void 0 && isKindName(connection6.kind) ? kindOf(connection6.kind) : void 0;
    checkScope(grant2, { kind, path }, context);
    checkTtl(grant2, { kind, path }, context);
    grant2.allow.forEach((rule, index) => {
      checkRule(rule, [...path, "allow", index], context);
    });
  }
}
function checkScope({ scope: value }, { kind, path: grantPath }, { report: report3 }) {
  const path = [...grantPath, "scope"];
  if (value === null || typeof value === "object" && Object.keys(value).length === 0) {
    report3(errorAt(path, "empty", `expected a scope, found ${describe2(value)}: empty never means all`));
  } else if (kind !== void 0) {
    const parsed3 = kind.scope.safeParse(value);
    if (parsed3.success) return;
    for (const problem of shapeProblems(parsed3.error, { schema: kind.scope, value, path, otherwise: "invalid-scope" })) report3(problem);
  }
}
function checkTtl({ ttl }, { kind, path }, { report: report3 }) {
  if (kind === void 0 || (parseDuration(ttl) ?? 0) >= kind.lifetime.min) return;
  const message2 = `${ttl} is shorter than a ${kind.name} credential can live, which is ${formatDuration(kind.lifetime.min)}`;
  report3(errorAt([...path, "ttl"], "ttl-out-of-range", message2));
}
function checkRule({ workload: workload2, ...conditions }, path, context) {
  context.isDefined("workloads", workload2, [...path, "workload"]);
  const platforms2 = context.platformsOf(workload2);
  checkConditions(conditions, { path, platforms: platforms2 }, context.report);
  const isWeak = (name3) => platforms2.some(({ weakAttributes }) => weakAttributes.includes(name3));
  if (Object.keys(conditions).some((name3) => !isWeak(name3))) return;
  const weak = platforms2.flatMap((platform) => platform.weakAttributes);
  const message2 = `expected a condition besides workload, such as ref or environment (${weak.join(" and ")} do not count)`;
  context.report(errorAt(path, "unconditional-rule", message2));
}
function checkGuardrails(context) {
  const { document, report: report3, platformsInUse } = context;
  for (const [name3, guardrail2] of Object.entries(document.guardrails)) {
    const path = ["guardrails", name3];
    if (guardrail2.grants !== "all") checkSelection(guardrail2.grants, [...path, "grants"], context);
    if (Object.keys(guardrail2.forbid).length === 0) {
      report3(errorAt([...path, "forbid"], "empty", "expected at least one attribute: an empty prohibition would forbid everything"));
    }
    checkConditions(guardrail2.forbid, { path: [...path, "forbid"], platforms: platformsInUse }, report3);
  }
}
function checkSelection(selection2, path, context) {
  const each2 = (key, check2) => {
    const value = selection2[key];
    const inList = Array.isArray(value);
    textsOf(value).forEach((name3, index) => {
      check2(name3, inList ? [...path, key, index] : [...path, key]);
    });
  };
  each2("name", (name3, place4) => context.isDefined("grants", name3, place4));
  each2("connection", (name3, place4) => context.isDefined("connections", name3, place4));
  each2("kind", (name3, place4) => checkKindName(name3, place4, context));
}

// shared/policy/check-callers.ts
var MAX_URL_LENGTH = 255;
var HOST2 = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*";
var PORT = "(?::[1-9][0-9]{0,4})?";
var PATH2 = "(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*/?";
var HTTPS_URL = new RegExp(`^https://${HOST2}${PORT}${PATH2}$`);
var LOOPBACK_URL = new RegExp(`^http://${LOOPBACK_HOST}${PORT}${PATH2}$`);
var DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/;
var PRIVATE_KEY_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
var NOT_IDENTITY = new Map(
  Object.values(platforms).map(({ roles }) => [roles.event, "it is no identity; state it in the rules"])
);
function checkIssuers({ document, report: report3 }) {
  const byUrl = /* @__PURE__ */ new Map();
  for (const [name3, issuer2] of Object.entries(document.issuers)) {
    const path = ["issuers", name3];
    const problem = urlProblem(issuer2.url);
    if (problem !== void 0) report3(errorAt([...path, "url"], "invalid-url", `${problem}, found ${quoted(issuer2.url)}`));
    const other = byUrl.get(issuer2.url);
    if (other !== void 0) report3(errorAt([...path, "url"], "duplicate-name", `the issuer ${quoted(other)} has this url already`));
    byUrl.set(issuer2.url, name3);
    checkOwners(issuer2, { report: report3, name: name3 });
    checkInlineKeys(issuer2, { report: report3, name: name3 });
  }
}
function urlProblem(url2) {
  if (url2.length > MAX_URL_LENGTH) return `expected at most ${MAX_URL_LENGTH} characters`;
  if ((HTTPS_URL.test(url2) || LOOPBACK_URL.test(url2)) && !DOT_SEGMENT.test(url2)) return void 0;
  return "expected an https URL with a lower-case host and no user, query, fragment, dot segment, //, % or white space";
}
function checkOwners({ platform, owners }, { report: report3, name: name3 }) {
  const { form, expected } = platforms[platform].ownerName;
  owners.forEach((owner3, index) => {
    if (form.test(owner3.name)) return;
    report3(errorAt(["issuers", name3, "owners", index, "name"], "wrong-value", `${expected}, found ${quoted(owner3.name)}`));
  });
}
function checkInlineKeys(issuer2, { report: report3, name: name3 }) {
  issuer2.jwks?.keys.forEach((key, index) => {
    const path = ["issuers", name3, "jwks", "keys", index];
    const leaked = PRIVATE_KEY_MEMBERS.find((member) => Object.hasOwn(key, member));
    if (leaked !== void 0)
      report3(errorAt([...path, leaked], "wrong-value", "expected a public key: this member is private, and now public"));
    if (typeof key.kty !== "string") report3(errorAt(path, "wrong-value", "expected a JSON Web Key with kty (RFC 7517 §4.1)"));
  });
}
function checkWorkloads(context) {
  const { document, report: report3 } = context;
  for (const [name3, workload2] of Object.entries(document.workloads)) {
    const path = ["workloads", name3];
    context.isDefined("issuers", workload2.issuer, [...path, "issuer"]);
    if (Object.keys(workload2.is).length === 0) {
      report3(errorAt([...path, "is"], "empty", "expected at least one attribute: an empty identity would be everybody"));
    }
    checkConditions(workload2.is, { path: [...path, "is"], platforms: context.platformsOf(name3), excluded: NOT_IDENTITY }, report3);
  }
}

// shared/policy/check-context.ts
var MAX_SUGGESTIONS = 100;
var SINGULAR = {
  issuers: "issuer",
  workloads: "workload",
  connections: "connection",
  grants: "grant",
  guardrails: "guardrail"
};
function checkContext({ document, names }, report3) {
  let suggestions = 0;
  const inUse = [...new Set(Object.values(document.issuers).map(({ platform }) => platforms[platform]))];
  const platformsInUse = inUse.length > 0 ? inUse : Object.values(platforms);
  return {
    document,
    report: report3,
    platformsInUse,
    isNamed: (section, name3) => names[section].has(name3),
    isDefined: (section, name3, path) => {
      if (names[section].has(name3)) return true;
      const nearest = suggestions++ < MAX_SUGGESTIONS ? suggestion(name3, names[section]) : "";
      report3(errorAt(path, "undefined-name", `no ${SINGULAR[section]} ${quoted(name3)} is defined${nearest}`));
      return false;
    },
    platformsOf: (workload2) => {
      const record3 = entryOf(document.workloads, workload2);
      const issuer2 = record3 === void 0 ? void 0 : entryOf(document.issuers, record3.issuer);
      return issuer2 === void 0 ? platformsInUse : [platforms[issuer2.platform]];
    }
  };
}

// shared/policy/check-scenarios.ts
var OTHER_REASONS = ["fence", "suspended", "issuer"];
function checkScenarios(context, indexes) {
  context.document.scenarios.forEach((scenario2, position) => {
    const path = ["scenarios", indexes[position] ?? position];
    const { workload: workload2, ...attributes } = scenario2.as;
    context.isDefined("grants", scenario2.ask, [...path, "ask"]);
    context.isDefined("workloads", workload2, [...path, "as", "workload"]);
    const platforms2 = context.platformsOf(workload2);
    for (const [name3, value] of Object.entries(attributes)) checkFact(name3, value, { path: [...path, "as", name3], platforms: platforms2 }, context);
    checkExpectation(scenario2, { path, platforms: platforms2 }, context);
  });
}
function checkFact(name3, value, { path, platforms: platforms2 }, { report: report3 }) {
  const forms = attributeForms(name3, { path, platforms: platforms2 }, path, report3);
  if (forms.length === 0) return;
  const text8 = Array.isArray(value) ? "list" : conditionText(value);
  if (Array.isArray(value)) report3(errorAt(path, "wrong-type", `${name3}: a token carries one value, found a list`));
  else if (typeof text8 === "object") report3(errorAt(path, text8.id, `${name3}: ${text8.message}`));
  else if (text8 !== "") checkFactText(text8, { name: name3, forms, path }, report3);
}
function checkFactText(text8, { name: name3, forms, path }, report3) {
  const fault = faultOfAll(forms, (form) => valueFault(text8, form));
  if (fault !== void 0) report3(errorAt(path, fault.id, `${name3}: ${fault.message}`));
}
function checkExpectation({ expect }, { path, platforms: platforms2 }, { document, report: report3 }) {
  if (typeof expect === "string") return;
  const reason3 = expect.refuse;
  if (platforms2.some((platform) => platform.attribute(reason3) !== void 0)) return;
  const names = [...Object.keys(document.guardrails), ...Object.keys(document.workloads), ...OTHER_REASONS];
  if (names.includes(reason3) || isRule(reason3, document.grants)) return;
  const known = [...names, ...platforms2.flatMap((platform) => platform.attributeNames)];
  const message2 = `no attribute, guardrail or rule is called ${quoted(reason3)}${suggestion(reason3, known)}`;
  report3(errorAt([...path, "expect", "refuse"], "undefined-name", message2));
}
function isRule(name3, grants2) {
  const [grantName = "", index = "", ...rest] = name3.split("/");
  const grant2 = entryOf(grants2, grantName);
  return grant2 !== void 0 && rest.length === 0 && /^(0|[1-9][0-9]{0,5})$/.test(index) && Number(index) < grant2.allow.length;
}

// shared/policy/check-shape.ts
function checkShape(value, report3) {
  if (!isJsonObject(value)) {
    report3(errorAt([], "wrong-type", `expected a mapping with any of ${TOP_LEVEL_KEYS.join(", ")}, found ${describe2(value)}`));
  }
  const top = isJsonObject(value) ? value : { jobpass: LANGUAGE_VERSION };
  for (const key of Object.keys(top)) if (!isTopLevelKey(key)) report3(unknownKey(key, [], TOP_LEVEL_KEYS));
  checkVersion(top.jobpass, report3);
  const scenarios = shapeScenarios(top.scenarios, report3);
  return {
    document: {
      jobpass: LANGUAGE_VERSION,
      settings: shapeOne(settingsSchema, top.settings === void 0 ? {} : top.settings, ["settings"], report3) ?? {},
      issuers: shapeSection("issuers", SECTIONS.issuers, top, report3),
      workloads: shapeSection("workloads", SECTIONS.workloads, top, report3),
      connections: shapeSection("connections", SECTIONS.connections, top, report3),
      grants: shapeSection("grants", SECTIONS.grants, top, report3),
      guardrails: shapeSection("guardrails", SECTIONS.guardrails, top, report3),
      tripwires: shapeOne(tripwiresSchema, top.tripwires === void 0 ? {} : top.tripwires, ["tripwires"], report3) ?? {},
      scenarios: scenarios.map(({ scenario: scenario2 }) => scenario2)
    },
    names: definedNames(top),
    scenarioIndexes: scenarios.map(({ index }) => index)
  };
}
function isTopLevelKey(key) {
  return TOP_LEVEL_KEYS.some((known) => known === key);
}
function checkVersion(value, report3) {
  if (value === LANGUAGE_VERSION) return;
  if (value === void 0) report3(errorAtKey([], "missing-key", `jobpass is missing: expected "jobpass: ${LANGUAGE_VERSION}" in one file`));
  else report3(errorAt(["jobpass"], "wrong-value", `expected the language version ${LANGUAGE_VERSION}, found ${describe2(value)}`));
}
function shapeOne(schema, value, path, report3) {
  const parsed3 = schema.safeParse(value);
  if (parsed3.success) return parsed3.data;
  for (const problem of shapeProblems(parsed3.error, { schema, value, path, otherwise: "wrong-value" })) report3(problem);
  return void 0;
}
function shapeSection(section, schema, top, report3) {
  const value = top[section];
  if (value === void 0) return {};
  if (!isJsonObject(value)) {
    report3(
      errorAt([section], value === null ? "empty" : "wrong-type", `expected a mapping from names to ${section}, found ${describe2(value)}`)
    );
    return {};
  }
  const entries = [];
  for (const [name3, entry] of Object.entries(value)) {
    const path = [section, name3];
    if (!NAME.test(name3)) report3(errorAtKey(path, "invalid-name", `${quoted(name3)} is no name: expected ${NAME.source}`));
    const shaped = shapeOne(schema, entry, path, report3);
    if (shaped !== void 0 && NAME.test(name3)) entries.push([name3, shaped]);
  }
  return Object.fromEntries(entries);
}
function shapeScenarios(value, report3) {
  if (value === void 0) return [];
  if (!Array.isArray(value)) {
    report3(errorAt(["scenarios"], value === null ? "empty" : "wrong-type", `expected a list of scenarios, found ${describe2(value)}`));
    return [];
  }
  return value.flatMap((entry, index) => {
    const scenario2 = shapeOne(scenarioSchema, entry, ["scenarios", index], report3);
    return scenario2 === void 0 ? [] : [{ scenario: scenario2, index }];
  });
}
function definedNames(top) {
  const names = (section) => {
    const value = top[section];
    return new Set(isJsonObject(value) ? Object.keys(value) : []);
  };
  return {
    issuers: names("issuers"),
    workloads: names("workloads"),
    connections: names("connections"),
    grants: names("grants"),
    guardrails: names("guardrails")
  };
}

// shared/policy/check-tripwires.ts
function checkTripwires({ document: { tripwires: tripwires2 }, report: report3, isNamed: isNamed2 }) {
  const { canaries = [], refusals_per_minute: refusals2, freeze } = tripwires2;
  const seen = /* @__PURE__ */ new Set();
  canaries.forEach((name3, index) => {
    const path = ["tripwires", "canaries", index];
    if (seen.has(name3)) report3(errorAt(path, "duplicate-name", `${quoted(name3)} is listed already`));
    seen.add(name3);
    if (isNamed2("grants", name3)) {
      report3(errorAt(path, "duplicate-name", `${quoted(name3)} is a grant: a canary is a name that nobody has a reason to ask for`));
    }
  });
  if (freeze === true && canaries.length === 0 && refusals2 === void 0) {
    report3(errorAt(["tripwires", "freeze"], "wrong-value", "expected canaries or refusals_per_minute beside it: nothing can trip"));
  }
}

// shared/policy/check-document.ts
var MAX_DOCUMENT_DEPTH = 32;
function checkDocument(value) {
  const problems = [];
  const report3 = (problem) => void problems.push(problem);
  if (isTooDeep(value, MAX_DOCUMENT_DEPTH)) {
    return { ok: false, problems: [errorAt([], "yaml-depth", `expected at most ${MAX_DOCUMENT_DEPTH} levels of nesting`)] };
  }
  const shaped = checkShape(value, report3);
  reportReservedKeys(value, [], report3);
  const context = checkContext(shaped, report3);
  checkIssuers(context);
  checkWorkloads(context);
  checkConnections(context);
  checkGrants(context);
  checkGuardrails(context);
  checkTripwires(context);
  checkScenarios(context, shaped.scenarioIndexes);
  const [first, ...rest] = problems;
  return first === void 0 ? { ok: true, document: shaped.document } : { ok: false, problems: [first, ...rest] };
}
function reportReservedKeys(value, place4, report3) {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (typeof item === "object") reportBelow(index, item, place4, report3);
    });
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (key === "__proto__") report3(errorAtKey([...place4, key], "unknown-key", "the key __proto__ is reserved"));
      if (typeof member === "object") reportBelow(key, member, place4, report3);
    }
  }
}
function reportBelow(step, member, place4, report3) {
  place4.push(step);
  reportReservedKeys(member, place4, report3);
  place4.pop();
}
function isTooDeep(value, levels) {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const members4 = Array.isArray(value) ? value : Object.values(value);
  return members4.some((member) => typeof member === "object" && isTooDeep(member, levels - 1));
}

// shared/policy/decide.ts
function checkFence(issuer2, owner3) {
  let verdict2 = "outside";
  for (const entry of issuer2.owners) {
    if (entry.id !== owner3.id) continue;
    if (sameText(entry.name, owner3.name, true)) return "inside";
    verdict2 = "renamed";
  }
  return verdict2;
}
function decide(policy, caller, grantName) {
  const issuer2 = policy.issuers.get(caller.issuer.url);
  if (issuer2 === void 0 || checkFence(issuer2, caller.owner) === "outside") return refused(grantName, "unknown_grant", []);
  const grant2 = policy.grant(grantName);
  if (grant2 === void 0) return unknownGrant(policy, caller, grantName);
  return judge(policy, caller, grant2);
}
function judge(policy, caller, grant2) {
  const match2 = firstMatch(grant2, caller);
  const forbidding = policy.guardrails.filter((guardrail2) => forbids(guardrail2, grant2, caller));
  if (match2 !== void 0 && forbidding.length === 0) {
    return { outcome: "allow", grant: grant2, rule: match2.rule, notes: [...ownerNotes(policy, caller), ...match2.notes] };
  }
  const suspended = match2 === void 0 ? grant2.rules.filter((rule) => isStopped(rule, caller)) : [];
  if (suspended.length > 0)
    return refused(
      grant2.name,
      "suspended",
      uniqueBy(suspended.map(suspendedReason), ({ rule }) => rule)
    );
  if (forbidding.length > 0) {
    return refused(
      grant2.name,
      "guardrail",
      forbidding.flatMap((guardrail2) => guardrailReasons(guardrail2, caller))
    );
  }
  return refused(
    grant2.name,
    "no_rule",
    grant2.rules.flatMap((rule) => ruleReasons(rule, caller))
  );
}
function refused(grant2, cause, reasons) {
  return { outcome: "refuse", grant: grant2, cause, reasons };
}
function firstMatch({ rules }, caller) {
  for (const rule of rules) {
    if (rule.workload.suspended || !rule.conditions.every((condition) => conditionHolds(condition, caller.attributes))) continue;
    const identified = identify(rule.workload, caller);
    if (identified.matches) return { rule, notes: identified.notes };
  }
  return void 0;
}
function isStopped({ workload: workload2 }, caller) {
  return workload2.suspended && identify(workload2, caller).matches;
}
function forbids(guardrail2, grant2, { attributes }) {
  return guardrail2.appliesTo(grant2) && guardrail2.forbid.every((condition) => conditionHolds(condition, attributes));
}
function suspendedReason({ workload: workload2 }) {
  return { rule: workload2.name, attribute: "suspended", seen: null, hint: "this workload is suspended" };
}
function guardrailReasons({ name: name3, why, forbid }, { attributes }) {
  return forbid.map(({ attribute: attribute2 }) => ({ rule: name3, attribute: attribute2, seen: attributes.get(attribute2) ?? null, hint: why }));
}
function judgeRule(rule, caller) {
  const failed2 = rule.conditions.filter((condition) => !conditionHolds(condition, caller.attributes));
  return { identified: identify(rule.workload, caller), failures: failed2.map((condition) => failureOf(condition, caller.attributes)) };
}
function ruleReasons(rule, caller) {
  const { identified, failures } = judgeRule(rule, caller);
  if (identified.matches) return failures.map((failure2) => ({ rule: rule.name, ...failure2 }));
  return identified.failures.map(({ expected: _expected, ...failure2 }) => ({ rule: rule.name, ...failure2 }));
}
function ownerNotes(policy, { issuer: issuer2, owner: owner3 }) {
  const fence = policy.issuers.get(issuer2.url);
  if (fence === void 0 || checkFence(fence, owner3) !== "renamed") return [];
  const policyName = fence.owners.find((entry) => entry.id === owner3.id)?.name ?? owner3.id;
  return [{ about: "owner_renamed", policyName, tokenName: owner3.name }];
}
var MAX_RANKED_GRANTS = 1e3;
function unknownGrant(policy, caller, grantName) {
  const answer = refused(grantName, "unknown_grant", []);
  const all2 = policy.grantNames;
  const names = all2.length > MAX_RANKED_GRANTS ? all2.filter((name3) => isOneSlip(grantName, name3)) : all2;
  const ranked = names.slice(0, MAX_RANKED_GRANTS).map((name3) => ({ name: name3, distance: editDistance(grantName, name3) }));
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  for (const { name: name3 } of ranked) {
    const grant2 = policy.grant(name3);
    if (grant2 !== void 0 && judge(policy, caller, grant2).outcome === "allow") return { ...answer, hint: name3 };
  }
  return answer;
}
function uniqueBy(items, key) {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

// shared/policy/lifetime.ts
function lifetimeOf({ ttl, connection: connection6 }, { maxTtl }) {
  return Math.min(ttl, maxTtl, connection6.kind.lifetime.max);
}

// shared/policy/explain.ts
function explainDecision(policy, caller, grantName) {
  const fence = policy.issuers.get(caller.issuer.url);
  const base = { grant: grantName, policy: policy.digest, reasons: [], notes: [], considered: [], guardrails: [] };
  if (fence === void 0 || checkFence(fence, caller.owner) === "outside") {
    const reason3 = {
      rule: "fence",
      attribute: fence?.platform.roles.ownerId ?? "issuer",
      seen: caller.owner.id === "" ? null : caller.owner.id
    };
    return { ...base, outcome: "refuse", code: "owner_outside_fence", reasons: [reason3] };
  }
  const decision = decide(policy, caller, grantName);
  const grant2 = policy.grant(grantName);
  return {
    ...base,
    ...outcomeOf(decision, policy.settings),
    considered: grant2?.rules.map((rule) => considerRule(rule, caller)) ?? [],
    guardrails: grant2 === void 0 ? [] : considerGuardrails(policy, grant2, caller)
  };
}
function outcomeOf(decision, settings2) {
  if (decision.outcome === "refuse") {
    const { cause, reasons, hint } = decision;
    return { outcome: "refuse", code: "grant_refused", cause, reasons, ...hint === void 0 ? {} : { hint } };
  }
  const { rule, grant: grant2, notes } = decision;
  const { kind } = grant2.connection;
  const scope3 = kind.summary(grant2.scope);
  return {
    outcome: "allow",
    rule: rule.name,
    workload: rule.workload.name,
    kind: kind.name,
    ttl: lifetimeOf(grant2, settings2),
    scope: scope3,
    notes
  };
}
function considerRule(rule, caller) {
  const { identified, failures } = judgeRule(rule, caller);
  const base = { rule: rule.name, workload: rule.workload.name };
  if (!identified.matches) return { ...base, outcome: "other_workload", failures: identified.failures };
  if (rule.workload.suspended) return { ...base, outcome: "suspended", failures };
  return { ...base, outcome: failures.length === 0 ? "matches" : "conditions_fail", failures };
}
function considerGuardrails(policy, grant2, caller) {
  return policy.guardrails.filter((guardrail2) => guardrail2.appliesTo(grant2)).map((guardrail2) => ({ guardrail: guardrail2.name, forbids: forbids(guardrail2, grant2, caller), why: guardrail2.why }));
}
function describeDecision(decision) {
  if (decision.outcome === "allow") return `rule ${decision.rule.name}`;
  if (decision.cause === "unknown_grant") return `no grant is called ${JSON.stringify(decision.grant)}`;
  return decision.reasons.map(describeReason).join("; ");
}
function describeReason({ rule, attribute: attribute2, seen, hint }) {
  const advice = hint === void 0 ? "" : ` (${hint})`;
  return `${rule}: ${attribute2} is ${seen === null ? "absent" : JSON.stringify(seen)}${advice}`;
}

// shared/policy/scenario.ts
var SCENARIO_FAILED = "scenario-failed";
function failedScenarios(document, policy) {
  return document.scenarios.flatMap((scenario2, index) => {
    const outcome = runScenario(scenario2, policy);
    if (outcome === void 0) return [];
    const message2 = `scenario ${quoted(scenario2.name)}: ${outcome}`;
    return [{ path: ["scenarios", index], at: "value", id: SCENARIO_FAILED, severity: "error", message: message2 }];
  });
}
function runScenario(scenario2, policy) {
  const caller = scenarioCaller(scenario2, policy);
  if (caller === void 0) return "its workload is not defined";
  const decision = decide(policy, caller, scenario2.ask);
  const isOutside = checkFence(caller.issuer, caller.owner) === "outside";
  const reasons = isOutside ? fenceReasons(caller) : reasonNames(decision);
  const { expect } = scenario2;
  const decided = () => {
    if (isOutside) return "the owner is outside the fence";
    return `${describeDecision(decision)}${consideredRules(scenario2.ask, caller, policy)}`;
  };
  if (expect === "allow") return decision.outcome === "allow" ? void 0 : `expected allow, but refused: ${decided()}`;
  if (decision.outcome === "allow") return `expected a refusal, but allowed: ${decided()}`;
  if (expect === "refuse" || reasons.has(expect.refuse)) return void 0;
  return `expected ${quoted(expect.refuse)} to be a reason, but refused: ${decided()}`;
}
var MAX_CONSIDERED = 5;
function consideredRules(ask, caller, policy) {
  const { considered } = explainDecision(policy, caller, ask);
  if (considered.length < 2) return "";
  const told2 = considered.slice(0, MAX_CONSIDERED).map(({ rule, outcome, failures }) => {
    const failed2 = [...new Set(failures.map(({ attribute: attribute2 }) => attribute2))].join(", ");
    return `${rule} ${CONSIDERED_WORDS[outcome]}${failed2 === "" ? "" : ` (${failed2})`}`;
  });
  const more = considered.length - told2.length;
  return `. Considered: ${told2.join("; ")}${more > 0 ? `; ${more} more` : ""}`;
}
var CONSIDERED_WORDS = {
  matches: "fits",
  suspended: "is for a suspended workload",
  other_workload: "is for another workload",
  conditions_fail: "does not fit"
};
function fenceReasons({ issuer: issuer2 }) {
  const { repository, owner: owner3, ownerId } = issuer2.platform.roles;
  return /* @__PURE__ */ new Set(["fence", repository, owner3, ownerId]);
}
function reasonNames(decision) {
  if (decision.outcome === "allow") return /* @__PURE__ */ new Set();
  return /* @__PURE__ */ new Set([decision.cause, ...decision.reasons.flatMap(({ rule, attribute: attribute2 }) => [rule, attribute2])]);
}
function scenarioCaller({ as }, policy) {
  const { workload: workloadName, ...facts } = as;
  const workload2 = policy.workload(workloadName);
  if (workload2 === void 0) return void 0;
  const { repository, owner: owner3, ownerId } = workload2.issuer.platform.roles;
  const isOwnerStated = [repository, owner3].some((name3) => Object.hasOwn(facts, name3));
  const stated3 = new Map([...identityFacts(workload2)].filter(([name3]) => !(isOwnerStated && [owner3, ownerId].includes(name3))));
  for (const [attribute2, value] of Object.entries(facts)) stated3.set(attribute2, textsOf(value)[0] ?? "");
  return callerFrom(stated3, workload2.issuer, isOwnerStated);
}
function identityFacts({ is }) {
  return new Map(
    is.flatMap(({ attribute: attribute2, patterns: [first] }) => first === void 0 ? [] : [[attribute2, instanceOf(first)]])
  );
}
function callerFrom(stated3, issuer2, isOwnerStated) {
  const { roles, complete: complete3 } = issuer2.platform;
  const name3 = complete3(stated3, issuer2.url).get(roles.owner);
  const fenced = issuer2.owners.find((entry) => name3 !== void 0 && sameText(entry.name, name3, true));
  const assumed = fenced ?? (isOwnerStated ? void 0 : issuer2.owners[0]);
  if (assumed !== void 0 && !stated3.has(roles.ownerId)) stated3.set(roles.ownerId, assumed.id);
  if (assumed !== void 0 && name3 === void 0) stated3.set(roles.owner, assumed.name);
  const attributes = complete3(stated3, issuer2.url);
  const owner3 = { id: attributes.get(roles.ownerId) ?? "", name: attributes.get(roles.owner) ?? "" };
  return { issuer: issuer2, owner: owner3, attributes };
}
function instanceOf({ text: text8, automaton }) {
  if (automaton === void 0) return text8;
  return patternElements(text8, false).map((element) => typeof element === "number" ? String.fromCharCode(element) : "x").join("");
}

// worker/candidate.ts
var MAX_ERRORS = 100;
function readCandidate(text8, config2) {
  const json2 = parseStrictJson(text8);
  if (!json2.ok)
    return err({ detail: `The body is not JSON that can be trusted: ${json2.error}. Send what jobpass compile prints.`, errors: [] });
  const checked = checkDocument(json2.value);
  if (!checked.ok) return err(notAccepted2("The policy has errors.", checked.problems.map(shown)));
  const canonical = compilePolicy(checked.document);
  const digest2 = policyDigest(canonical, (whole2) => createHash3("sha256").update(whole2).digest("hex"));
  const policy = loadPolicy(checked.document, digest2);
  const failures = failedScenarios(checked.document, policy);
  if (failures.length > 0) return err(notAccepted2("The policy fails its own scenarios.", failures.map(shown)));
  const unfit = unfitFor(policy, config2);
  return unfit.length > 0 ? err(notAccepted2("The policy does not fit this broker.", unfit)) : ok({ digest: digest2, text: canonical, policy });
}
function shown({ path, id: id5, message: message2 }) {
  return { path: formatPath(path), id: id5, message: message2 };
}
function notAccepted2(detail, errors) {
  return { detail, errors: errors.slice(0, MAX_ERRORS) };
}
function unfitFor(policy, config2) {
  const errors = [];
  for (const issuer2 of policy.issuers.values()) {
    if (!issuer2.url.startsWith("https://") && !config2.isLoopback) {
      errors.push({
        path: `issuers.${issuer2.name}.url`,
        id: "loopback-issuer",
        message: "only a broker on a loopback address trusts an http issuer"
      });
    }
  }
  for (const name3 of policy.workloadNames) {
    const workload2 = policy.workload(name3);
    if (workload2 === void 0) continue;
    const authority2 = Object.values(config2.authorities).flat().find(({ issuerUrl, is }) => issuerUrl === workload2.issuer.url && namesSameRepository(is, workload2));
    if (authority2 !== void 0)
      errors.push({
        path: `workloads.${name3}`,
        id: "authority-as-workload",
        message: "an authority of this broker cannot be a workload: who changes the rules draws no credentials"
      });
  }
  return errors;
}
function namesSameRepository(authority2, { is, issuer: issuer2 }) {
  const { repository, repositoryId: repositoryId2 } = issuer2.platform.roles;
  return [repository, repositoryId2].some((attribute2) => {
    const texts = (conditions) => conditions.filter((condition) => condition.attribute === attribute2).flatMap(({ patterns: patterns2 }) => patterns2.map(({ text: text8 }) => text8.toLowerCase()));
    return texts(is).some((text8) => texts(authority2).includes(text8));
  });
}

// worker/confirm.ts
var ROLE_OF = { publish: "publisher", thaw: "operator" };
async function confirm(id5, authority2, deps) {
  const found2 = await callState(() => deps.policyStore().proposal(id5));
  if (!found2.ok) return err({ outcome: "unavailable" });
  if (found2.value === null) return err({ outcome: "gone" });
  const proposal = found2.value;
  const second = secondPerson(proposal, authority2);
  if (!second.ok) return second;
  const recorded = await recordAct(
    second.value.authority,
    { action: "confirm", proposal: id5, act: proposal.what.act, ...subjectOf(proposal) },
    deps
  );
  if (!recorded.ok) return err({ outcome: "not_authorized", because: recorded.error });
  const accepted = await stillAccepted(proposal, deps);
  if (!accepted.ok) return accepted;
  const by2 = runOf(authority2.name, second.value.person);
  const confirmation = { id: id5, by: by2, person: second.value.person.key };
  const confirmed = await callState(() => deps.policyStore().confirm(confirmation));
  if (!confirmed.ok) return err({ outcome: "unavailable" });
  if (confirmed.value.outcome !== "everywhere") return err({ outcome: confirmed.value.outcome });
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entryOf2(proposal, by2)));
  if (proposal.what.act === "publish") deps.log({ event: "publish", outcome: "active", policy: proposal.what.policy });
  return ok(proposal);
}
function secondPerson({ what }, authority2) {
  const role = ROLE_OF[what.act];
  const acting = inRole(authority2, role);
  if (acting === void 0) return err({ outcome: "not_authorized", because: { status: 403, detail: `This takes the role ${role}.` } });
  const { person: person2 } = authority2;
  return person2.ok ? ok({ authority: acting, person: person2.value }) : err({ outcome: "nobody", why: person2.error });
}
async function stillAccepted({ what }, deps) {
  if (what.act !== "publish") return ok(void 0);
  const text8 = await callState(() => policyText(what.policy, deps));
  if (!text8.ok) return err({ outcome: "unavailable" });
  const candidate = readCandidate(text8.value, deps.config);
  return candidate.ok ? ok(void 0) : err({ outcome: "not_accepted", because: candidate.error });
}
function subjectOf({ what }) {
  return what.act === "publish" ? { policy: what.policy, replaces: what.replaces } : what.target;
}
function entryOf2(proposal, confirmedBy) {
  const { what, by: by2, id: id5 } = proposal;
  const more = { proposal: id5, by: by2, confirmed_by: confirmedBy };
  if (what.act === "thaw") return { type: "thawed", ...what.target, ...more };
  return {
    type: "published",
    policy: what.policy,
    replaces: what.replaces,
    ...what.forced === null ? {} : { forced: what.forced },
    ...more
  };
}

// worker/routes/proposals.ts
async function getProposals(request2, deps) {
  return asAuthority(request2, ["publisher", "operator", "auditor"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "read_proposals" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const open2 = await callState(() => deps.policyStore().proposals());
    return open2.ok ? jsonAnswer({ proposals: open2.value.map(shownProposal) }) : storeUnreachable();
  });
}
async function confirmProposal(request2, deps, id5) {
  return asAuthority(request2, ["publisher", "operator"], deps, async (authority2) => {
    const confirmed = await confirm(id5, authority2, deps);
    if (!confirmed.ok) return notConfirmed(confirmed.error, deps);
    return jsonAnswer({ confirmed: id5, by: confirmed.value.by, ...shownWhat(confirmed.value.what) });
  });
}
function proposedAnswer(proposal) {
  const answer = jsonAnswer({ proposal: proposal.id, ...shownWhat(proposal.what), expires_at: new Date(proposal.expiresAt).toISOString() });
  return new Response(answer.body, { status: 202, headers: answer.headers });
}
function nobodyAnswer(why) {
  return problemAnswer({ status: 403, title: "This takes two people", detail: `${why} Nothing was done.` });
}
function shownProposal({ id: id5, what, by: by2, expiresAt }) {
  return { proposal: id5, ...shownWhat(what), by: by2, expires_at: new Date(expiresAt).toISOString() };
}
function shownWhat(what) {
  if (what.act === "thaw") return { act: "thaw", ...what.target };
  const { act: act2, policy, replaces, because, forced } = what;
  return { act: act2, policy, replaces, because, ...forced === null ? {} : { forced } };
}
var REFUSALS = {
  gone: { status: 404, detail: "There is no such proposal, its quarter of an hour is over, or it was used." },
  same_person: { status: 403, detail: "Whoever proposed it cannot confirm it: another person must." },
  changed: { status: 409, detail: "Something was published, frozen or thawed since it was proposed: propose it again." }
};
function notConfirmed(refusal, deps) {
  const title = "Not confirmed";
  switch (refusal.outcome) {
    case "not_authorized":
      return notAuthorized(refusal.because, deps);
    case "nobody":
      return nobodyAnswer(refusal.why);
    case "not_accepted":
      return problemAnswer({ status: 422, title, detail: refusal.because.detail, members: { errors: refusal.because.errors } });
    case "unavailable":
      return storeUnreachable();
    case "not_everywhere":
      return problemAnswer({
        status: 503,
        title: "Not in force everywhere yet",
        detail: "Some ledgers have not confirmed; confirm again to wait for them.",
        headers: { "retry-after": "5" }
      });
    default:
      return problemAnswer({ title, ...REFUSALS[refusal.outcome] });
  }
}

// worker/routes/freezes.ts
var name = string2().min(1).max(200);
var reason = string2().min(1).max(500);
var target = discriminatedUnion("target", [
  strictObject({ target: literal("all") }),
  strictObject({ target: _enum(FREEZE_TARGETS), name })
]);
var freezeRequest = discriminatedUnion("target", [
  strictObject({ target: literal("all"), reason }),
  strictObject({ target: _enum(FREEZE_TARGETS), name, reason })
]);
var UNCLEAR2 = {
  title: "What to stop is not clear",
  detail: 'Expected {"target":"all","reason":"…"}, or target issuer, workload, grant, connection or kind with a name.'
};
async function getFreezes(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "read_freezes" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const activation = await callState(() => deps.policyStore().activation());
    return activation.ok ? jsonAnswer({ freezes: activation.value.freezes }) : storeUnreachable();
  });
}
async function putFreeze(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const read3 = await jsonBody(request2, freezeRequest, UNCLEAR2);
    if (!read3.ok) return read3.error;
    const freeze = { ...read3.value, since: new Date(deps.nowMs()).toISOString(), by: authority2.name };
    return change(
      authority2,
      { type: "froze", target: targetOf(read3.value), reason: freeze.reason, act: () => deps.policyStore().freeze(freeze) },
      deps
    );
  });
}
async function deleteFreeze(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const read3 = await jsonBody(request2, target, UNCLEAR2);
    if (!read3.ok) return read3.error;
    if (deps.config.twoPerson.has("thaw")) return proposeThaw(authority2, read3.value, deps);
    return change(authority2, { type: "thawed", target: read3.value, reason: "", act: () => deps.policyStore().thaw(read3.value) }, deps);
  });
}
async function proposeThaw(authority2, what, deps) {
  const recorded = await recordAct(authority2, { action: "thaw", ...what }, deps);
  if (!recorded.ok) return notAuthorized(recorded.error, deps);
  const { person: person2 } = authority2;
  if (!person2.ok) return nobodyAnswer(person2.error);
  const by2 = runOf(authority2.name, person2.value);
  const request2 = { id: randomId(deps), what: { act: "thaw", target: what }, by: by2, person: person2.value.key };
  const proposed = await callState(() => deps.policyStore().propose(request2));
  if (!proposed.ok) return storeUnreachable();
  if (proposed.value.outcome === "stale") return problemAnswer({ status: 404, title: "No such freeze is in force" });
  const { id: id5, expiresAt } = proposed.value;
  const entry = { type: "proposed", act: "thaw", proposal: id5, ...what, by: by2 };
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry));
  return proposedAnswer({ id: id5, expiresAt, what: request2.what });
}
async function change(authority2, { type, target: what, reason: why, act: act2 }, deps) {
  const recorded = await recordAct(
    authority2,
    { action: type === "froze" ? "freeze" : "thaw", ...what, ...why === "" ? {} : { reason: why } },
    deps
  );
  if (!recorded.ok) return notAuthorized(recorded.error, deps);
  const changed = await callState(act2);
  if (!changed.ok) return storeUnreachable();
  if (changed.value === "absent") return problemAnswer({ status: 404, title: "No such freeze is in force" });
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, { type, ...what, by: authority2.name }));
  if (changed.value === "not_everywhere") {
    return problemAnswer({
      status: 503,
      title: "Not in force everywhere yet",
      detail: "Some ledgers have not confirmed; call again to wait for them.",
      // tells it from a call that had no effect at all
      members: { recorded: true },
      headers: { "retry-after": "5" }
    });
  }
  return jsonAnswer({ [type]: what, ...type === "froze" && await isUnknown(what, deps) ? { unknown: true } : {} });
}
async function isUnknown(what, deps) {
  const read3 = await callState(() => activePolicy(deps));
  const policy = read3.ok ? read3.value : void 0;
  if (policy === void 0 || what.target === "all") return false;
  switch (what.target) {
    case "workload":
      return policy.workload(what.name) === void 0;
    case "grant":
      return policy.grant(what.name) === void 0;
    case "connection":
      return policy.connection(what.name) === void 0;
    case "issuer":
      return [...policy.issuers.values()].every(({ name: known }) => known !== what.name);
    case "kind":
      return policy.connectionNames.every((connection6) => policy.connection(connection6)?.kind.name !== what.name);
  }
}
function targetOf(freeze) {
  return freeze.target === "all" ? { target: "all" } : { target: freeze.target, name: freeze.name };
}

// shared/version.ts
var VERSION = "0.1.0";

// worker/held-health.ts
var TOLD = {
  policy_store_unreachable: "the policy store cannot be reached",
  policy_missing: "no policy is active: publish one (docs/deploy.md)",
  policy_unreadable: "the active policy cannot be read",
  secret_missing: "a secret that a connection needs is not set: the log and jobpass metrics name it",
  keys_unavailable: "the keys of the broker cannot be used: the log and jobpass metrics say why",
  ledger_unreachable: "the ledger cannot be reached",
  frozen: "everything is frozen by an operator"
};

// worker/keys/keys.ts
var UNAVAILABLE = "KeysUnavailable";
function keysUnavailable(detail) {
  const error2 = new Error(detail);
  error2.name = UNAVAILABLE;
  return error2;
}
function isKeysUnavailable(error2) {
  return error2 instanceof Error && error2.name === UNAVAILABLE;
}

// worker/health.ts
var ASK_AGAIN_AFTER_MS = 1e3;
var ANSWER_WITHIN_MS = 5e3;
var LATE = err(LEDGER_UNAVAILABLE);
async function currentHealth(deps) {
  const { health: held2, nowMs } = deps;
  const activation = await inTime(
    callState(() => deps.policyStore().activation()),
    LATE
  );
  const isYoung = Math.abs(nowMs() - held2.askedAt) < ASK_AGAIN_AFTER_MS;
  if (held2.last !== void 0 && isYoung && activation.ok && activation.value.policy === held2.last.policy) return held2.last;
  held2.askedAt = nowMs();
  const health = await examine(activation, deps);
  report(held2.last, health, deps);
  held2.last = health;
  return health;
}
async function examine(activation, deps) {
  const [keys, ledger] = await Promise.all([
    inTime(keysProblem(deps), [{ code: "keys_unavailable", detail: "keys: the keyring does not answer" }]),
    inTime(
      callState(() => deps.ledger(AUTHORITY_LEDGER).head()),
      LATE
    )
  ]);
  const problems = [...keys];
  if (!ledger.ok) problems.push(plain("ledger_unreachable"));
  if (!activation.ok) return { policy: null, problems: [plain("policy_store_unreachable"), ...problems] };
  const { policy: digest2, freezes: freezes2 } = activation.value;
  if (freezes2.some(({ target: target2 }) => target2 === "all")) problems.push(plain("frozen"));
  if (digest2 === null) return { policy: null, problems: [plain("policy_missing"), ...problems] };
  return { policy: digest2, problems: [...await policyProblems(digest2, deps), ...problems] };
}
function inTime(call, late) {
  const over = AbortSignal.timeout(ANSWER_WITHIN_MS);
  return Promise.race([call, new Promise((resolve2) => over.addEventListener("abort", () => resolve2(late)))]);
}
async function policyProblems(digest2, deps) {
  const policy = await inTime(
    callState(() => policyOf(digest2, deps)),
    LATE
  );
  return policy.ok ? missingSecrets(policy.value, deps) : [plain("policy_unreadable")];
}
function missingSecrets(policy, { config: config2 }) {
  const connections2 = policy.connectionNames.map((name3) => policy.connection(name3)).filter((connection6) => connection6 !== void 0);
  const named4 = new Set(connections2.flatMap(({ kind, settings: settings2 }) => kind.secretNames(settings2)));
  const missing3 = [...named4].filter((name3) => config2.upstreamSecret(name3) === void 0);
  return missing3.sort().map((name3) => ({ code: "secret_missing", detail: `secret ${name3} is not set` }));
}
async function keysProblem({ keys }) {
  try {
    await keys.signingKey("ES256");
    return [];
  } catch (failure2) {
    if (isKeysUnavailable(failure2)) return [{ code: "keys_unavailable", detail: `keys: ${failure2.message}` }];
    throw failure2;
  }
}
function plain(code) {
  return { code, detail: TOLD[code] };
}
function report(before, { problems }, { log }) {
  const known = before?.problems ?? [];
  const isKnown = (problem) => known.some(({ detail }) => detail === problem.detail);
  for (const problem of problems) if (!isKnown(problem)) log({ event: "health", outcome: "unavailable", ...problem });
  if (problems.length === 0 && known.length > 0) log({ event: "health", outcome: "ok" });
}

// worker/routes/healthz.ts
async function healthz(_request, deps) {
  const { policy, problems } = await currentHealth(deps);
  if (problems.length === 0) return jsonAnswer({ status: "ok", version: VERSION, policy });
  const reasons = new Set(problems.map(({ code, detail }) => deps.config.isLoopback ? detail : TOLD[code]));
  return Response.json(
    { status: "unavailable", version: VERSION, policy, reasons: [...reasons] },
    { status: 503, headers: { "cache-control": "no-store", "retry-after": "10" } }
  );
}

// worker/authenticate/authenticate.ts
async function authenticate(subjectToken, policy, deps) {
  const token2 = await verifyToken(subjectToken, (iss) => trustedIssuer2(policy, iss, deps.config.origin), deps);
  if (!token2.ok) return token2;
  const issuer2 = policy.issuers.get(token2.value.issuer.url);
  if (issuer2 === void 0) return err({ code: "issuer_untrusted" });
  const { owner: owner3, attributes } = token2.value.facts;
  if (checkFence(issuer2, owner3) === "outside") return err({ code: "owner_outside_fence" });
  return ok({ issuer: issuer2, owner: owner3, attributes, token: token2.value, ledger: ledgerName(issuer2.url, owner3.id) });
}
function ledgerName(issuerUrl, ownerId) {
  return `${LEDGER_OF}${issuerUrl}:${ownerId}`;
}
var LEDGER_OF = "v1:";
function ledgersOfOwner(names, ownerId, isMeant) {
  const end = `:${ownerId}`;
  return names.filter((name3) => name3.startsWith(LEDGER_OF) && name3.endsWith(end) && isMeant(name3.slice(LEDGER_OF.length, -end.length)));
}
function trustedIssuer2(policy, iss, origin2) {
  const issuer2 = policy.issuers.get(iss);
  if (issuer2 === void 0) return void 0;
  const { name: name3, url: url2, platform, audience: audience2 = origin2, jwks: jwks2 } = issuer2;
  return { name: name3, url: url2, platform, audience: audience2, maxAge: policy.settings.tokenMaxAge, ...jwks2 === void 0 ? {} : { jwks: jwks2 } };
}

// worker/authenticate/own-token.ts
var ownClaims = looseObject({
  iss: string2(),
  aud: string2(),
  sub: string2(),
  client_id: string2(),
  jti: string2(),
  iat: int(),
  exp: int(),
  scope: string2().optional()
});
var jwkMember = looseObject({ kty: string2() });
async function readOwnToken(compact, deps) {
  const keys = array(jwkMember).parse(await deps.keys.publicKeys());
  const payload = await verifiedPayload(compact, keys);
  const json2 = payload === void 0 ? void 0 : parseStrictJson(new TextDecoder().decode(payload));
  const claims = json2?.ok === true ? ownClaims.safeParse(json2.value) : void 0;
  if (claims?.success !== true) return void 0;
  return claims.data.iss === deps.config.origin && claims.data.exp > nowSeconds(deps) ? claims.data : void 0;
}
async function verifiedPayload(compact, keys) {
  try {
    const { payload } = await compactVerify(compact, createLocalJWKSet({ keys }), { algorithms: ["ES256", "RS256"] });
    return payload;
  } catch {
    return void 0;
  }
}

// worker/credential-hash.ts
var textEncoder = new TextEncoder();
async function hashOf(credential3) {
  const digest2 = await crypto.subtle.digest("SHA-256", textEncoder.encode(credential3));
  return new Uint8Array(digest2).toBase64();
}

// shared/ledger-name.ts
var LEDGER_NAME = /^v1:(.+):([0-9]+)$/;
function ledgerParts(name3) {
  const [, issuerUrl, ownerId] = LEDGER_NAME.exec(name3) ?? [];
  return issuerUrl === void 0 || ownerId === void 0 ? void 0 : { issuerUrl, ownerId };
}

// worker/find-leases.ts
var LEDGERS_AT_ONCE = 6;
var PAGE = 500;
async function findLeases({ issuerUrl, ...filter }, limit, deps) {
  const names = await ledgersOf(issuerUrl, deps);
  const found2 = [];
  const unreachable2 = [];
  for (let start = 0; start < names.length && found2.length < limit; start += LEDGERS_AT_ONCE) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE);
    const answers = await Promise.allSettled(batch.map(async (ledger) => deps.ledger(ledger).leases(filter, limit)));
    for (const [index, answer] of answers.entries()) {
      const ledger = batch[index] ?? "";
      if (answer.status === "rejected") unreachable2.push(ledger);
      else found2.push(...answer.value.filter((lease) => fits(lease, filter)).map((lease) => ({ ledger, lease })));
    }
  }
  return { found: found2.slice(0, limit), unreachable: unreachable2 };
}
async function* eachLease({ issuerUrl, ...filter }, { after, unreachable: unreachable2 }, deps) {
  const names = await ledgersOf(issuerUrl, deps);
  for (const ledger of after === void 0 ? names : names.filter((name3) => name3 >= after.ledger)) {
    const walk = { ledger, filter, last: ledger === after?.ledger ? after.lease : "", onUnreachable: () => void unreachable2.push(ledger) };
    for await (const page of pagesOf(walk, deps)) yield* page;
  }
}
async function* pagesOf(walk, deps) {
  const { ledger, filter } = walk;
  for (let last = walk.last; last !== void 0; ) {
    const page = await pageOf({ ...walk, last }, deps);
    if (page === void 0) return walk.onUnreachable();
    const behind = last;
    const fresh = page.filter(({ id: id5 }) => id5 > behind);
    yield fresh.filter((lease) => fits(lease, filter)).map((lease) => ({ ledger, lease }));
    last = page.length < PAGE ? void 0 : fresh.at(-1)?.id;
  }
}
async function pageOf({ ledger, filter, last }, deps) {
  try {
    return await deps.ledger(ledger).leases(filter, PAGE, last);
  } catch {
    return void 0;
  }
}
async function ledgersOf(issuerUrl, deps) {
  const names = [...await deps.policyStore().ledgers()].sort();
  return issuerUrl === void 0 ? names : names.filter((name3) => ledgerParts(name3)?.issuerUrl === issuerUrl);
}
function fits(lease, filter) {
  const { runId, id: id5, grant: grant2, workload: workload2, connection: connection6, kind, job, credential: credential3, signer } = lease;
  const values = { lease: id5, run: runId, grant: grant2, workload: workload2, connection: connection6, kind, job, credential: credential3, signer };
  return Object.entries(filter).every(([name3, wanted]) => wanted === void 0 || Reflect.get(values, name3) === wanted);
}

// worker/routes/form.ts
var MAX_FORM_BYTES = 64 * 1024;
var FORM_TYPE = /^application\/x-www-form-urlencoded(?:\s*;|\s*$)/i;
async function readForm(request2) {
  if (!FORM_TYPE.test(request2.headers.get("content-type") ?? "")) return err({ code: "media_type_unsupported" });
  const text8 = await readCapped(request2, MAX_FORM_BYTES);
  if (text8 === void 0) return err({ code: "request_too_large", limitBytes: MAX_FORM_BYTES });
  return readParameters(text8);
}
function readParameters(text8) {
  const form = /* @__PURE__ */ new Map();
  for (const pair of text8.split("&").filter((part2) => part2 !== "")) {
    const equals = `${pair}=`.indexOf("=");
    const name3 = decoded(pair.slice(0, equals));
    const value = decoded(pair.slice(equals + 1));
    if (name3 === void 0 || value === void 0) return err(malformed2(name3 ?? "", "malformed", "percent-encoded UTF-8"));
    if (form.has(name3)) return err(malformed2(name3, "repeated", "each parameter once"));
    form.set(name3, value);
  }
  for (const [name3, value] of form) if (value === "") form.delete(name3);
  return ok(form);
}
function decoded(text8) {
  if (!text8.includes("%") && !text8.includes("+")) return text8;
  try {
    return decodeURIComponent(text8.replaceAll("+", " "));
  } catch {
    return void 0;
  }
}
function malformed2(parameter, problem, expected) {
  return { code: "request_malformed", parameter: parameter.slice(0, 64), problem, expected };
}

// worker/routes/introspect.ts
async function introspect(request2, deps) {
  const decision = randomId(deps);
  const form = await readForm(request2);
  if (!form.ok) return refuse(form.error, false, { event: "introspect", decision, deps });
  const bearer = bearerOf(request2);
  if (bearer === void 0) return unauthorized();
  const token2 = form.value.get("token");
  if (token2 === void 0)
    return refuse({ code: "request_malformed", parameter: "token", problem: "missing", expected: "the JWT to look at" }, false, {
      event: "introspect",
      decision,
      deps
    });
  const found2 = await callState(() => lookUp2(token2, deps));
  if (!found2.ok) return refuse(found2.error, false, { event: "introspect", decision, deps });
  if (bearer === token2) return found2.value === void 0 ? unauthorized() : jsonAnswer(stateOf2(found2.value));
  const server = await resourceServer(bearer, deps);
  if (server === void 0) return unauthorized();
  const isServed = found2.value?.lease !== void 0 && server.serves(found2.value.lease.grant);
  return jsonAnswer(isServed && found2.value !== void 0 ? stateOf2(found2.value) : INACTIVE);
}
var INACTIVE = { active: false };
async function lookUp2(token2, deps) {
  const claims = await readOwnToken(token2, deps);
  if (claims === void 0) return void 0;
  const { found: found2, unreachable: unreachable2 } = await findLeases({ lease: claims.jti, credential: await hashOf(token2) }, 1, deps);
  if (found2.length === 0 && unreachable2.length > 0) throw new Error("a ledger cannot be reached");
  return { claims, lease: found2[0]?.lease };
}
async function resourceServer(bearer, deps) {
  const policy = await callState(() => currentPolicy(deps));
  if (!policy.ok || policy.value === void 0) return void 0;
  const active = policy.value;
  const caller = await authenticate(bearer, active, deps);
  if (!caller.ok) return void 0;
  const isWorkload = (name3) => {
    const workload2 = active.workload(name3);
    return workload2 !== void 0 && !workload2.suspended && identify(workload2, caller.value).matches;
  };
  return {
    serves(grant2) {
      const connection6 = jwt.connection.safeParse(active.grant(grant2)?.connection.settings);
      return connection6.success && (connection6.data.resource_servers ?? []).some(isWorkload);
    }
  };
}
function stateOf2({ claims, lease }) {
  if (lease === void 0 || lease.recalled !== void 0) return INACTIVE;
  const { iss, aud, sub, client_id, jti, iat, exp, scope: scope3 } = claims;
  return { active: true, token_type: "Bearer", iss, aud, sub, client_id, jti, iat, exp, ...scope3 === void 0 ? {} : { scope: scope3 } };
}
function unauthorized() {
  return problemAnswer({
    status: 401,
    title: "Introspection needs a credential",
    detail: "Send the token itself as Bearer, or an ID token of a workload that the connection names in resource_servers.",
    headers: { "www-authenticate": "Bearer" }
  });
}

// shared/acts.ts
var at = string2();
var by = string2();
var act = discriminatedUnion("type", [
  looseObject({ type: literal("published"), at, by, policy: string2(), replaces: string2() }),
  looseObject({ type: _enum(["froze", "thawed"]), at, by, target: string2(), name: string2().exactOptional() }),
  looseObject({ type: literal("revocation"), at, by, ended: int(), failed: int(), complete: boolean2() }),
  looseObject({ type: literal("authority_used"), at, by, role: string2(), action: string2() })
]);
function actsOf(lines, cut) {
  const known = lines.flatMap((line2) => {
    const read3 = act.safeParse(line2);
    return read3.success ? [read3.data] : [];
  });
  return {
    cut,
    published: ofType(known, "published").map(({ at: when, policy, replaces, by: who }) => ({ at: when, policy, replaces, by: who })),
    freezes: known.flatMap(
      (one) => one.type === "froze" || one.type === "thawed" ? [{ at: one.at, type: one.type, target: one.target, name: one.name ?? "", by: one.by }] : []
    ),
    revocations: ofType(known, "revocation").map(({ at: when, by: who, ended, failed: failed2, complete: complete3 }) => ({
      at: when,
      by: who,
      ended,
      failed: failed2,
      complete: complete3
    })),
    authorities: authorityUses(ofType(known, "authority_used"))
  };
}
function ofType(acts, type) {
  return acts.filter((one) => one.type === type);
}
function authorityUses(acts) {
  const uses = /* @__PURE__ */ new Map();
  for (const { by: who, role, action, at: when } of acts) {
    const key = JSON.stringify([who, role, action]);
    const before = uses.get(key);
    uses.set(key, { by: who, role, action, uses: (before?.uses ?? 0) + 1, first_use: before?.first_use ?? when, last_use: when });
  }
  return [...uses.values()];
}

// shared/policy/lints/rotation-overdue.ts
var LAST_INSTANT_MS = 864e13;
function dueDate(last, every) {
  const dueMs = Date.parse(`${last}T00:00:00Z`) + (parseDuration(every) ?? 0) * 1e3;
  return dueMs > LAST_INSTANT_MS ? void 0 : new Date(dueMs).toISOString().slice(0, 10);
}

// shared/policy/policy-records.ts
function grantsOf(policy) {
  return policy.grantNames.flatMap((name3) => policy.grant(name3) ?? []);
}
function connectionsOf(policy) {
  return policy.connectionNames.flatMap((name3) => policy.connection(name3) ?? []);
}

// shared/policy/replay.ts
var askEntrySchema = looseObject({
  ledger: string2(),
  at: string2(),
  grant: string2(),
  decision: string2(),
  type: string2().exactOptional(),
  /** Of a refusal. */
  code: string2().exactOptional(),
  workload: string2().exactOptional(),
  connection: string2().exactOptional(),
  issuer: string2().exactOptional(),
  ask: looseObject({
    attributes: record(string2(), string2()),
    /** What a caller who narrowed the scope asked for. */
    asked: custom(isJsonObject).exactOptional()
  })
});
function replayAsks(entries, base, head) {
  const flips = /* @__PURE__ */ new Map();
  let changed = 0;
  for (const entry of entries) {
    const [from, to] = [outcomeOf2(entry, base), outcomeOf2(entry, head)];
    if (from === to) continue;
    changed++;
    const { grant: grant2, decision, at: at3 } = entry;
    const repository = repositoryOf(entry, [head, base]);
    const key = JSON.stringify([grant2, repository, to]);
    const known = flips.get(key);
    flips.set(key, known === void 0 ? { grant: grant2, repository, from, to, asks: 1, decision, at: at3 } : { ...known, asks: known.asks + 1 });
  }
  return { asks: entries.length, changed, flips: [...flips.values()].sort((a, b) => b.asks - a.asks) };
}
function outcomeOf2(entry, policy) {
  const caller = callerOf(entry, policy);
  return caller === void 0 ? "refuse" : decide(policy, caller, entry.grant).outcome;
}
function callerOf({ ledger, ask }, policy) {
  const { issuerUrl = "", ownerId = "" } = ledgerParts(ledger) ?? {};
  const issuer2 = policy.issuers.get(issuerUrl);
  if (issuer2 === void 0) return void 0;
  const attributes = new Map(Object.entries(ask.attributes));
  return { issuer: issuer2, owner: { id: ownerId, name: attributes.get(issuer2.platform.roles.owner) ?? "" }, attributes };
}
function repositoryOf(entry, policies) {
  const caller = policies.map((policy) => callerOf(entry, policy)).find((found2) => found2 !== void 0);
  return caller?.attributes.get(caller.issuer.platform.roles.repository) ?? "";
}

// shared/policy/right-size-conditions.ts
var MAX_VALUES = 5;
var WORTH_STATING = ["ref", "environment"];
function narrowerConditions(rule, observed) {
  if (observed.asks === 0) return [];
  const stated3 = rule.conditions.filter(({ byDefault }) => byDefault !== true);
  return [
    ...stated3.flatMap((condition) => narrowed(rule, condition, observed)),
    ...WORTH_STATING.flatMap((name3) => added(rule, name3, observed))
  ];
}
function narrowed({ name: name3, workload: workload2 }, { attribute: attribute2, patterns: patterns2 }, { values }) {
  const seen = [...values.get(attribute2)?.keys() ?? []];
  const form = workload2.issuer.platform.attribute(attribute2);
  if (form === void 0 || seen.length === 0) return [];
  const from = patterns2.map(({ text: text8 }) => text8);
  const to = needed(patterns2, seen, form);
  const isSame = to.length === new Set(from).size && to.every((text8) => from.includes(text8));
  return isSame ? [] : [{ rule: name3, attribute: attribute2, from, to }];
}
function needed(patterns2, seen, form) {
  const texts = /* @__PURE__ */ new Set();
  const byPattern = /* @__PURE__ */ new Map();
  for (const value of seen) {
    const fitting2 = patterns2.filter((pattern2) => matches(pattern2, value));
    const exact2 = fitting2.find(({ automaton }) => automaton === void 0);
    const [first] = fitting2;
    if (exact2 !== void 0) texts.add(exact2.text);
    else if (first !== void 0) byPattern.set(first, [...byPattern.get(first) ?? [], value]);
  }
  for (const [pattern2, values] of byPattern) {
    const isSpeltOut = values.length <= MAX_VALUES && values.every((value) => meansItself(value, form));
    for (const text8 of isSpeltOut ? values : [pattern2.text]) texts.add(text8);
  }
  return [...texts].sort();
}
function added(rule, attribute2, { asks, values }) {
  const { workload: workload2 } = rule;
  const isStated = [...rule.conditions, ...workload2.is].some((condition) => condition.attribute === attribute2);
  const form = workload2.issuer.platform.attribute(attribute2);
  const [only, ...more] = values.get(attribute2) ?? [];
  if (isStated || form === void 0 || only === void 0 || more.length > 0) return [];
  const [value, times2] = only;
  return times2 === asks && meansItself(value, form) ? [{ rule: rule.name, attribute: attribute2, from: [], to: [value] }] : [];
}
function meansItself(value, { match: match2, prefix }) {
  const isExact = match2 === "exact" || !value.includes("*");
  const isPlain = value !== "" && value.trim() === value && value.length <= MAX_PATTERN_LENGTH && !hasControlCharacter(value);
  return isExact && isPlain && (prefix === void 0 || value.startsWith(prefix));
}

// shared/policy/right-size-scope.ts
var MAX_DISTINCT = 100;
var MAX_TRIALS = 400;
function narrowerScope(kind, scope3, asked5) {
  const distinct = new Map(asked5.map((one) => [one === void 0 ? "" : canonicalJson(one), one]));
  const asks = [...distinct.values()].filter((one) => one !== void 0);
  if (distinct.has("") || asks.length === 0 || asks.length > MAX_DISTINCT || !isJson(scope3)) return void 0;
  const serves = servesAs(kind, scope3, asks);
  let best = scope3;
  let trials = 0;
  for (let found2 = true; found2 && trials < MAX_TRIALS; ) {
    found2 = false;
    for (const candidate of candidates(best, asks)) {
      if (trials++ >= MAX_TRIALS) break;
      if (!isNarrower(kind, best, candidate) || !serves(candidate)) continue;
      best = candidate;
      found2 = true;
      break;
    }
  }
  return best === scope3 ? void 0 : best;
}
function isNarrower(kind, base, candidate) {
  return kind.scope.safeParse(candidate).success && kind.compare(base, candidate) === "narrower";
}
function servesAs(kind, scope3, asks) {
  const served = asks.map((ask) => {
    const read3 = kind.asked.safeParse(ask);
    const given = read3.success ? kind.narrow(scope3, read3.data) : void 0;
    return given?.ok === true && read3.success ? { asked: read3.data, given: given.value } : void 0;
  });
  return (candidate) => served.every((ask) => {
    if (ask === void 0) return false;
    const now2 = kind.narrow(candidate, ask.asked);
    return now2.ok && kind.compare(ask.given, now2.value) === "same";
  });
}
function* candidates(scope3, asks) {
  const paths = pathsOf(scope3);
  for (const path of paths) for (const value of askedAt(path, asks)) yield replaced(scope3, path, value);
  for (const path of paths) {
    const here = at2(scope3, path);
    if (Array.isArray(here)) for (let index = 0; index < here.length; index++) yield replaced(scope3, path, here.toSpliced(index, 1));
    if (isJsonObject(here) && path.length > 0) for (const name3 of Object.keys(here)) yield replaced(scope3, path, without(here, name3));
  }
}
function askedAt(path, asks) {
  const values = asks.map((ask) => at2(ask, path));
  if (path.length === 0 || values.some((value) => value === void 0)) return [];
  const known = values.filter((value) => value !== void 0);
  if (known.every((value) => Array.isArray(value))) return [uniqueOf(known.flat())];
  return uniqueOf(known);
}
function uniqueOf(values) {
  return [...new Map(values.map((value) => [canonicalJson(value), value])).values()];
}
function pathsOf(value, path = []) {
  if (!isJsonObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([name3, member]) => pathsOf(member, [...path, name3]))];
}
function at2(value, path) {
  let here = value;
  for (const step of path) here = isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : void 0;
  return here;
}
function replaced(value, [step, ...rest], by2) {
  if (step === void 0) return by2;
  if (!isJsonObject(value)) return value;
  return { ...value, [step]: replaced(value[step] ?? null, rest, by2) };
}
function without(record3, name3) {
  return Object.fromEntries(Object.entries(record3).filter(([member]) => member !== name3));
}
function isJson(value) {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isJson);
  return isJsonObject(value) && Object.values(value).every(isJson);
}

// shared/policy/right-size.ts
function allowedAsks(entries, policy) {
  return entries.flatMap((entry) => {
    if (entry.type === "refused") return [];
    const caller = callerOf(entry, policy);
    const decision = caller === void 0 ? void 0 : decide(policy, caller, entry.grant);
    return decision?.outcome === "allow" ? [{ entry, allowed: decision }] : [];
  });
}
function rightSizes(asks, document, policy) {
  const byGrant = grouped(asks, ({ entry }) => entry.grant);
  const found2 = [...byGrant].flatMap(([name3, own2]) => {
    const grant2 = policy.grant(name3);
    const suggestion2 = grant2 === void 0 ? void 0 : rightSize(grant2, own2);
    return suggestion2 === void 0 ? [] : [suggestion2];
  });
  return proved(found2, byGrant, document).toSorted((a, b) => a.grant < b.grant ? -1 : 1);
}
function rightSize(grant2, asks) {
  const byRule = grouped(asks, ({ allowed }) => allowed.rule.name);
  const rules = grant2.rules.filter(({ workload: workload2 }) => !workload2.suspended);
  const unusedRules = rules.filter(({ name: name3 }) => !byRule.has(name3)).map(({ name: name3 }) => name3);
  const conditions = rules.flatMap((rule) => narrowerConditions(rule, observedIn(byRule.get(rule.name) ?? [])));
  const scope3 = scopeChange(grant2, asks);
  if (unusedRules.length === 0 && conditions.length === 0 && scope3 === void 0) return void 0;
  return { grant: grant2.name, asks: asks.length, unusedRules, conditions, ...scope3 === void 0 ? {} : { scope: scope3 } };
}
function observedIn(asks) {
  const values = /* @__PURE__ */ new Map();
  for (const { entry } of asks) {
    for (const [attribute2, value] of Object.entries(entry.ask.attributes)) {
      const seen = values.get(attribute2) ?? /* @__PURE__ */ new Map();
      seen.set(value, (seen.get(value) ?? 0) + 1);
      values.set(attribute2, seen);
    }
  }
  return { asks: asks.length, values };
}
function scopeChange({ connection: { kind }, scope: scope3 }, asks) {
  const narrower = narrowerScope(
    kind,
    scope3,
    asks.map(({ entry }) => entry.ask.asked)
  );
  return narrower === void 0 ? void 0 : { from: kind.summary(scope3), to: kind.summary(kind.scope.parse(narrower)), scope: narrower };
}
function proved(suggestions, asks, document) {
  const checked = checkDocument({ ...withRightSizes(document, suggestions), scenarios: [] });
  if (!checked.ok) return [];
  const policy = loadPolicy(checked.document, "sha256:");
  return suggestions.filter(
    ({ grant: grant2 }) => allowedAsks(
      (asks.get(grant2) ?? []).map(({ entry }) => entry),
      policy
    ).length === asks.get(grant2)?.length
  );
}
function withRightSizes(document, suggestions) {
  const grants2 = { ...document.grants };
  for (const suggestion2 of suggestions) {
    const written = entryOf(document.grants, suggestion2.grant);
    if (written !== void 0) grants2[suggestion2.grant] = withRightSize(written, suggestion2);
  }
  return { ...document, grants: grants2 };
}
function withRightSize(written, { grant: grant2, unusedRules, conditions, scope: scope3 }) {
  const allow = written.allow.flatMap((rule, index) => {
    const name3 = `${grant2}/${index}`;
    if (unusedRules.includes(name3)) return [];
    const own2 = conditions.filter((change3) => change3.rule === name3);
    return [{ ...rule, ...Object.fromEntries(own2.map(({ attribute: attribute2, to }) => [attribute2, [...to]])) }];
  });
  return { ...written, allow, ...scope3 === void 0 ? {} : { scope: scope3.scope } };
}
function grouped(items, keyOf4) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const key = keyOf4(item);
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

// shared/usage.ts
function usageOf(entries, leases, issuerUrlOf) {
  const [grants2, workloads2, connections2, issuers] = [counted(), counted(), counted(), counted()];
  for (const entry of entries) {
    const { grant: grant2, workload: workload2, connection: connection6, ledger } = entry;
    const isRefused = entry.type === "refused";
    const count4 = (uses, name3) => {
      if (name3 !== void 0) countAsk(useOf(uses, name3), entry.at, isRefused);
    };
    count4(grants2, grant2);
    count4(workloads2, workload2);
    count4(connections2, connection6);
    count4(issuers, issuerUrlOf(ledger));
  }
  for (const { grant: grant2, workload: workload2, connection: connection6, issuerUrl } of leases) {
    useOf(grants2, grant2).live++;
    useOf(workloads2, workload2).live++;
    useOf(connections2, connection6).live++;
    useOf(issuers, issuerUrl).live++;
  }
  return { grants: grants2, workloads: workloads2, connections: connections2, issuers };
}
var NO_USE = { uses: 0, refusals: 0, first_use: null, last_use: null, live: 0 };
function countAsk(use, at3, isRefused) {
  if (isRefused) {
    use.refusals++;
    return;
  }
  use.uses++;
  if (use.first_use === null || at3 < use.first_use) use.first_use = at3;
  if (use.last_use === null || at3 > use.last_use) use.last_use = at3;
}
function useOf(uses, name3) {
  const known = uses.get(name3);
  if (known !== void 0) return known;
  const fresh = { ...NO_USE };
  uses.set(name3, fresh);
  return fresh;
}
function counted() {
  return /* @__PURE__ */ new Map();
}

// shared/inventory.ts
function inventoryOf(subject2) {
  const { policy, entries, sampled, leases, at: at3, since, days, acts } = subject2;
  const usage = usageOf(entries, leases, (ledger) => ledgerParts(ledger)?.issuerUrl ?? "");
  const facts = { ...subject2, usage, today: at3.slice(0, 10), shown: (use) => shownUse(use, sampled) };
  return {
    policy: policy.digest,
    at: at3,
    days,
    since,
    asks: entries.length,
    sampled,
    unreachable: [...subject2.unreachable],
    leases_cut: subject2.leasesCut,
    issuers: [...policy.issuers.values()].map(({ name: name3, url: url2, platform, owners }) => ({
      issuer: name3,
      url: url2,
      platform: platform.name,
      owners: owners.map((owner3) => owner3.name),
      ...facts.shown(usage.issuers.get(url2))
    })),
    workloads: workloads(facts),
    connections: connections(facts),
    grants: grants(facts),
    refusals: refusals(entries),
    strays: strays(facts),
    acts
  };
}
function shownUse(use = NO_USE, sampled) {
  return { ...use, unused: use.uses > 0 ? false : sampled ? null : true };
}
function workloads({ policy, document, usage, shown: shown3 }) {
  return policy.workloadNames.flatMap((name3) => {
    const workload2 = policy.workload(name3);
    if (workload2 === void 0) return [];
    const { owner: owner3, issuer: issuer2, is, suspended } = workload2;
    const contact2 = entryOf(document.workloads, name3)?.contact ?? null;
    const { refusals: _none, ...use } = shown3(usage.workloads.get(name3));
    return [{ workload: name3, owner: owner3, contact: contact2, issuer: issuer2.name, is: conditionsText(is), suspended, ...use }];
  });
}
function connections({ policy, document, usage, today, shown: shown3 }) {
  return connectionsOf(policy).map(({ name: name3, kind, owner: owner3, settings: settings2 }) => {
    const written = entryOf(document.connections, name3);
    const secrets = [...kind.secretNames(settings2)];
    const { every = null, last = null } = written?.rotation ?? {};
    const due = every === null || last === null ? null : dueDate(last, every) ?? null;
    return {
      connection: name3,
      owner: owner3,
      contact: written?.contact ?? null,
      kind: kind.name,
      stored_secrets: secrets,
      rotation_every: every,
      rotation_last: last,
      rotation_due: due,
      rotation_overdue: due !== null && due < today,
      no_end: secrets.length > 0 && last === null,
      ...shown3(usage.connections.get(name3))
    };
  });
}
function grants(facts) {
  const { policy, document, entries } = facts;
  const asks = allowedAsks(entries, policy);
  const byRule = ruleUses(asks);
  const sizes = new Map(rightSizes(asks, document, policy).map((size) => [size.grant, size]));
  return grantsOf(policy).map((grant2) => shownGrant(grant2, { facts, byRule, size: sizes.get(grant2.name) }));
}
function shownGrant(grant2, { facts: { document, policy, usage, today, shown: shown3 }, byRule, size }) {
  const { name: name3, owner: owner3, purpose, connection: connection6, scope: scope3, rules } = grant2;
  const { contact: contact2 = null, review: review2 = null } = entryOf(document.grants, name3) ?? {};
  return {
    grant: name3,
    owner: owner3,
    contact: contact2,
    purpose,
    connection: connection6.name,
    kind: connection6.kind.name,
    gives: connection6.kind.summary(scope3),
    ttl: formatDuration(lifetimeOf(grant2, policy.settings)),
    review: review2,
    review_overdue: review2 !== null && review2 < today,
    ...shown3(usage.grants.get(name3)),
    rules: rules.map((rule) => shownRule(rule, byRule.get(rule.name))),
    right_size: size === void 0 ? null : shownSize(size)
  };
}
function shownRule({ name: name3, workload: workload2, conditions }, { uses, first_use, last_use } = NO_USE) {
  return { rule: name3, workload: workload2.name, when: conditionsText(conditions), suspended: workload2.suspended, uses, first_use, last_use };
}
function shownSize({ asks, unusedRules, conditions, scope: scope3 }) {
  return {
    asks,
    unused_rules: [...unusedRules],
    conditions: conditions.map(({ rule, attribute: attribute2, from, to }) => ({ rule, attribute: attribute2, from: [...from], to: [...to] })),
    scope: scope3 === void 0 ? null : { from: scope3.from, to: scope3.to, scope: JSON.parse(JSON.stringify(scope3.scope)) }
  };
}
function ruleUses(asks) {
  const uses = /* @__PURE__ */ new Map();
  for (const { entry, allowed } of asks) countAsk(useOf(uses, allowed.rule.name), entry.at, false);
  return uses;
}
function conditionsText(conditions) {
  const stated3 = conditions.filter(({ byDefault }) => byDefault !== true);
  const assumed = conditions.filter(({ byDefault }) => byDefault === true);
  return [...stated3.map(conditionText2), ...assumed.map((condition) => `${conditionText2(condition)} (by default)`)].join(", ");
}
function conditionText2({ attribute: attribute2, patterns: patterns2 }) {
  return `${attribute2} is ${patterns2.map(({ text: text8 }) => text8).join(" or ")}`;
}
function refusals(entries) {
  const counts2 = /* @__PURE__ */ new Map();
  for (const { type, code = "", grant: grant2, at: at3 } of entries) {
    if (type !== "refused") continue;
    const key = JSON.stringify([code, grant2]);
    const before = counts2.get(key);
    const last = before === void 0 || at3 > before.last ? at3 : before.last;
    counts2.set(key, { code, grant: grant2, refusals: (before?.refusals ?? 0) + 1, last });
  }
  return [...counts2.values()].sort((a, b) => b.refusals - a.refusals || (a.grant < b.grant ? -1 : 1));
}
function strays({ policy, leases }) {
  const counts2 = /* @__PURE__ */ new Map();
  for (const { grant: grant2, workload: workload2, connection: connection6 } of leases) {
    const isKnown = policy.grant(grant2) !== void 0 && policy.workload(workload2) !== void 0 && policy.connection(connection6) !== void 0;
    if (isKnown) continue;
    const key = JSON.stringify([grant2, workload2, connection6]);
    counts2.set(key, { grant: grant2, workload: workload2, connection: connection6, live: (counts2.get(key)?.live ?? 0) + 1 });
  }
  return [...counts2.values()];
}

// worker/recorded-acts.ts
var PAGE2 = 1e3;
var MAX_PAGES = 20;
async function recordedActs(name3, since, deps) {
  const ledger = deps.ledger(name3);
  const pages = [];
  let { seq: end } = await ledger.head();
  for (; end > 0 && pages.length < MAX_PAGES; end = Math.max(0, end - PAGE2)) {
    const start = Math.max(0, end - PAGE2);
    const page = (await ledger.entries(start, end - start)).map((line2) => JSON.parse(line2));
    const recent = page.filter((entry) => timeOf(entry) >= since);
    pages.push(recent);
    if (recent.length < page.length) return { entries: pages.toReversed().flat(), cut: false };
  }
  return { entries: pages.toReversed().flat(), cut: end > 0 };
}
function timeOf(entry) {
  const at3 = typeof entry === "object" && entry !== null ? Reflect.get(entry, "at") : void 0;
  return typeof at3 === "string" ? at3 : "";
}

// worker/replay.ts
var MAX_ASKS = 2e4;
var MIN_ASKS_PER_LEDGER = 100;
var MAX_CHARACTERS = 32e6;
async function recordedAsks(since, deps) {
  const names = (await deps.policyStore().ledgers()).filter((name3) => name3 !== AUTHORITY_LEDGER);
  const each2 = Math.max(MIN_ASKS_PER_LEDGER, Math.floor(MAX_ASKS / Math.max(1, names.length)));
  const entries = [];
  let sampled = false;
  let characters = 0;
  for (const name3 of names) {
    if (entries.length >= MAX_ASKS || characters >= MAX_CHARACTERS) return { entries, sampled: true };
    const { lines, isCut } = await deps.ledger(name3).recentAsks(since, each2);
    sampled ||= isCut;
    for (const line2 of lines) {
      characters += line2.length;
      const read3 = askEntrySchema.safeParse(JSON.parse(line2));
      if (read3.success) entries.push(read3.data);
    }
  }
  return { entries, sampled };
}

// worker/routes/inventory.ts
var DEFAULT_DAYS = 90;
var MAX_DAYS = 400;
var DAYS = /^[1-9][0-9]{0,2}$/;
var DAY_MS = 864e5;
var MAX_LEASES = 2e4;
async function getInventory(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const days = readDays(new URL(request2.url).searchParams.get("days"));
    if (days === void 0) return problemAnswer({ status: 400, title: "The period is not usable", detail: `days=1…${MAX_DAYS}.` });
    const recorded = await recordAct(authority2, { action: "read_inventory", days }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const read3 = await callState(() => readInventory(days, deps));
    if (!read3.ok) return problemAnswer({ status: 503, title: "The record cannot be read at the moment", headers: { "retry-after": "5" } });
    return read3.value === void 0 ? problemAnswer({ status: 404, title: "No policy is active" }) : jsonAnswer(read3.value);
  });
}
async function readInventory(days, deps) {
  const { policy: digest2 } = await deps.policyStore().activation();
  if (digest2 === null) return void 0;
  const document = openCompiled(await policyText(digest2, deps));
  const now2 = deps.nowMs();
  const since = new Date(now2 - days * DAY_MS).toISOString();
  const [asks, live, acts] = await Promise.all([recordedAsks(since, deps), liveLeases(deps), recordedActs(AUTHORITY_LEDGER, since, deps)]);
  return inventoryOf({
    document,
    policy: loadPolicy(document, digest2),
    entries: asks.entries,
    sampled: asks.sampled,
    ...live,
    acts: actsOf(acts.entries, acts.cut),
    at: new Date(now2).toISOString(),
    since,
    days
  });
}
async function liveLeases(deps) {
  const unreachable2 = [];
  const leases = [];
  for await (const { ledger, lease } of eachLease({}, { after: void 0, unreachable: unreachable2 }, deps)) {
    if (leases.length === MAX_LEASES) return { leases, leasesCut: true, unreachable: unreachable2 };
    const { grant: grant2, workload: workload2, connection: connection6 } = lease;
    leases.push({ grant: grant2, workload: workload2, connection: connection6, issuerUrl: ledgerParts(ledger)?.issuerUrl ?? "" });
  }
  return { leases, leasesCut: false, unreachable: unreachable2 };
}
function readDays(text8) {
  const days = text8 === null ? DEFAULT_DAYS : DAYS.test(text8) ? Number(text8) : 0;
  return days >= 1 && days <= MAX_DAYS ? days : void 0;
}

// worker/providers/answer.ts
var TIMESTAMP = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;
function isSuccess(answer) {
  return answer.status >= 200 && answer.status < 300;
}
function refused2(detail, status) {
  return { code: "upstream_refused", detail, ...status === void 0 ? {} : { status } };
}
function unexpectedShape(status) {
  return { code: "upstream_unavailable", detail: "unexpected shape", status };
}
function unreadableMint(status) {
  return { ...unexpectedShape(status), mayHaveActed: true };
}
var NOT_DONE = ["rate limited", "redirect", "address not allowed"];
function unanswered(refusal) {
  return NOT_DONE.includes(refusal.detail) ? refusal : { ...refusal, mayHaveActed: true };
}
function refusedBy(answer, detail) {
  return err(refused2(detail, answer.status));
}
function instantOf(text8) {
  if (!TIMESTAMP.test(text8)) return void 0;
  const milliseconds = Date.parse(text8);
  return Number.isNaN(milliseconds) ? void 0 : Math.floor(milliseconds / 1e3);
}
function withdrawn(refusal, ended, handle) {
  return ended ? { ...refusal, detail: `${refusal.detail}; revoked at once` } : { ...refusal, detail: `${refusal.detail}; could not be revoked`, leftover: () => handle };
}

// worker/providers/caller-address.ts
function parseCallerAddress(given) {
  const text8 = given?.replace(/^::ffff:(?=[0-9.]+$)/i, "") ?? "";
  const range = text8.includes("/") ? void 0 : parseCidr(text8);
  return range === void 0 ? void 0 : { text: text8, range };
}

// worker/providers/http.ts
var DEFAULT_TIMEOUT_MS = 1e4;
var DEFAULT_MAX_RESPONSE_BYTES = 262144;
var MAX_RETRY_AFTER = 3600;
var JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json(?:\s*;|$)/i;
var DIGITS2 = /^[0-9]{1,10}$/;
async function send(call, deps) {
  if (!isAllowed(call.url, deps.origin)) return unavailable("address not allowed");
  const deadline = AbortSignal.timeout(call.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    const response = await request(call, deadline, deps);
    const refusal = refusedByHead(response, deps.now());
    if (refusal !== void 0) {
      await discard(response);
      return err(refusal);
    }
    return await readAnswer(response, call.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES);
  } catch {
    return unavailable(deadline.aborted ? "timeout" : "network error");
  }
}
async function deliver({ url: url2, headers, text: text8, timeoutMs }, deps) {
  if (!isAllowed(url2, deps.origin)) return unavailable("address not allowed");
  const deadline = AbortSignal.timeout(timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const { fetch: fetch2 } = deps;
  try {
    const response = await fetch2(url2, { method: "POST", headers, body: text8, redirect: "manual", signal: deadline });
    const refusal = refusedByHead(response, deps.now());
    await discard(response);
    return refusal === void 0 ? ok(response.status) : err(refusal);
  } catch {
    return unavailable(deadline.aborted ? "timeout" : "network error");
  }
}
function secretValue(name3, deps) {
  const value = deps.secret(name3)?.reveal().trim();
  return value === void 0 || value === "" ? unavailable(`secret ${name3} is not set`) : ok(value);
}
function unavailable(detail, status) {
  return err({ code: "upstream_unavailable", detail, ...status === void 0 ? {} : { status } });
}
function isAllowed(address2, brokerOrigin) {
  const url2 = URL.parse(address2);
  if (url2 === null || url2.username !== "" || url2.password !== "") return false;
  if (url2.protocol === "https:") return true;
  const broker = URL.parse(brokerOrigin);
  return url2.protocol === "http:" && isLoopbackHost(url2.hostname) && broker !== null && isLoopbackHost(broker.hostname);
}
function request(call, signal, deps) {
  const { fetch: fetch2 } = deps;
  const headers = { ...call.headers, ...call.body === void 0 ? {} : { "content-type": "application/json" } };
  const body = call.body === void 0 ? {} : { body: JSON.stringify(call.body) };
  return fetch2(call.url, { method: call.method, headers, redirect: "manual", signal, ...body });
}
function refusedByHead(response, now2) {
  const { status } = response;
  if (status < 200 || status >= 300 && status < 400) {
    return { code: "upstream_unavailable", detail: "redirect", status };
  }
  const limited = status === 429 || status === 403 && isRateLimit(response.headers);
  if (!limited && status < 500) return void 0;
  const wait2 = retryAfter(response.headers, now2);
  const detail = limited ? "rate limited" : "server error";
  return { code: "upstream_unavailable", detail, status, ...wait2 === void 0 ? {} : { retryAfter: wait2 } };
}
function isRateLimit(headers) {
  return headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0";
}
function retryAfter(headers, now2) {
  const wait2 = secondsToWait(headers, now2);
  return wait2 === void 0 ? void 0 : Math.min(Math.max(wait2, 0), MAX_RETRY_AFTER);
}
function secondsToWait(headers, now2) {
  const value = headers.get("retry-after")?.trim();
  if (value !== void 0) {
    if (DIGITS2.test(value)) return Number(value);
    const date4 = Date.parse(value);
    return Number.isNaN(date4) ? void 0 : Math.ceil(date4 / 1e3) - now2;
  }
  const reset = headers.get("x-ratelimit-reset");
  return reset !== null && DIGITS2.test(reset) ? Number(reset) - now2 : void 0;
}
async function readAnswer(response, maxBytes) {
  const { status } = response;
  const text8 = await cappedText(response.body, maxBytes);
  if (text8 === void 0) return unavailable("too large", status);
  if (text8 === "") return ok({ status, body: void 0 });
  const type = response.headers.get("content-type");
  const body = type === null || JSON_TYPE.test(type) ? parseJson(text8) : void 0;
  if (body === void 0 && response.ok) return unavailable("not json", status);
  return ok({ status, body });
}
function parseJson(text8) {
  try {
    return JSON.parse(text8);
  } catch {
    return void 0;
  }
}
async function discard(response) {
  await response.body?.cancel();
}

// worker/providers/cloudflare-call.ts
var DEFAULT_API_URL = "https://api.cloudflare.com/client/v4";
var MAX_RESPONSE_BYTES = 1048576;
function cloudflareApiUrl(connection6) {
  return (connection6.api_url ?? DEFAULT_API_URL).replace(/\/$/, "");
}
function callCloudflare(call, connection6, deps) {
  const { path, parentToken, ...rest } = call;
  const headers = { accept: "application/json", authorization: `Bearer ${parentToken}`, "user-agent": "jobpass" };
  const url2 = `${cloudflareApiUrl(connection6)}/accounts/${connection6.account_id}${path}`;
  return send({ ...rest, url: url2, headers, maxResponseBytes: MAX_RESPONSE_BYTES }, deps);
}
var successEnvelope = looseObject({ success: literal(true), result: unknown() });
var failureEnvelope = looseObject({ errors: array(looseObject({ message: string2() })) });
var QUOTA_WORDS = /\b(?:maximum|quota|limit|too many)\b.*\btokens?\b|\btokens?\b.*\b(?:maximum|quota|limit)\b/i;
function readEnvelope(answer) {
  if (!isSuccess(answer)) return err(refused2(phraseFor(answer), answer.status));
  const parsed3 = successEnvelope.safeParse(answer.body);
  return parsed3.success ? ok(parsed3.data.result) : err(unexpectedShape(answer.status));
}
function phraseFor({ status, body }) {
  const failure2 = failureEnvelope.safeParse(body);
  if (failure2.success && failure2.data.errors.some(({ message: message2 }) => QUOTA_WORDS.test(message2))) return "token quota of the account reached";
  if (status === 401) return "parent token not accepted";
  if (status === 403) return "parent token not permitted";
  return status === 404 ? "not found" : "call refused";
}

// worker/providers/cloudflare-policies.ts
var ACCOUNT = "com.cloudflare.api.account";
var ZONE = `${ACCOUNT}.zone`;
var BUCKET = "com.cloudflare.edge.r2.bucket";
var DEFAULT_JURISDICTION = "default";
function resourceScope(resources2) {
  if (resources2 === "account") return ACCOUNT;
  return "zones" in resources2 ? ZONE : BUCKET;
}
function resourceNames(resources2, accountId) {
  if (resources2 === "account") return { [`${ACCOUNT}.${accountId}`]: "*" };
  if ("buckets" in resources2) return everyOne(resources2.buckets.map((bucket2) => bucketName(bucket2, accountId)));
  if (resources2.zones === "all") return { [`${ACCOUNT}.${accountId}`]: { [`${ZONE}.*`]: "*" } };
  return everyOne(resources2.zones.map((zone) => `${ZONE}.${zone}`));
}
function everyOne(names) {
  return Object.fromEntries(names.map((name3) => [name3, "*"]));
}
function bucketName(bucket2, accountId) {
  const [first = "", second] = bucket2.split("/");
  const [jurisdiction, name3] = second === void 0 ? [DEFAULT_JURISDICTION, first] : [first, second];
  return `${BUCKET}.${accountId}_${jurisdiction}_${name3}`;
}
function policyMembers({ groupIds, resources: resources2, address: address2 }) {
  return {
    policies: [{ effect: "allow", permission_groups: groupIds.map((id5) => ({ id: id5 })), resources: resources2 }],
    ...address2 === void 0 ? {} : { condition: { request_ip: { in: [address2.text] } } }
  };
}
var tokenLimits = looseObject({
  policies: array(
    looseObject({
      effect: string2(),
      permission_groups: array(looseObject({ id: string2() })),
      resources: record(string2(), json())
    })
  ).optional(),
  condition: looseObject({ request_ip: looseObject({ in: array(string2()).optional() }).optional() }).nullish()
});
function isWiderThan(ordered, given) {
  const allowing = (given.policies ?? []).filter(({ effect }) => effect !== "deny");
  const groups = allowing.flatMap(({ permission_groups }) => permission_groups.map(({ id: id5 }) => id5));
  const resources2 = allowing.flatMap((policy) => Object.entries(policy.resources));
  if (!groups.every((id5) => ordered.groupIds.includes(id5))) return true;
  if (!resources2.every(([name3, value]) => isOrdered(ordered.resources, name3, value))) return true;
  const restates = given.policies !== void 0 || given.condition !== void 0;
  return restates && ordered.address !== void 0 && !isPinnedTo(ordered.address, given.condition?.request_ip?.in ?? []);
}
function isOrdered(resources2, name3, value) {
  return Object.hasOwn(resources2, name3) && canonicalJson(resources2[name3]) === canonicalJson(value);
}
function isPinnedTo({ range }, addresses) {
  return addresses.length > 0 && addresses.every((text8) => isSameRange(range, parseCidr(text8)));
}
function isSameRange(one, other) {
  return other !== void 0 && one.family === other.family && one.first === other.first && one.last === other.last;
}

// worker/providers/isolate-cache.ts
function isolateCache(maxEntries, maxAge) {
  const entries = /* @__PURE__ */ new Map();
  return {
    get(key, now2) {
      const entry = entries.get(key);
      if (entry === void 0 || now2 - entry.at <= maxAge) return entry;
      entries.delete(key);
      return void 0;
    },
    set(key, value, now2) {
      entries.delete(key);
      entries.set(key, { value, at: now2 });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) return;
        entries.delete(oldest);
      }
    },
    delete(key) {
      entries.delete(key);
    }
  };
}

// worker/providers/cloudflare-permission-groups.ts
var MAX_ACCOUNTS = 64;
var MAX_AGE = 3600;
var MIN_AGE = 60;
var remembered = isolateCache(MAX_ACCOUNTS, MAX_AGE);
var groupsResult = array(
  looseObject({ id: string2().regex(CLOUDFLARE_ID), name: string2(), scopes: array(string2()).default([]) })
);
async function permissionGroupIds(scope3, source, deps) {
  if (scope3.permissions.every((group) => CLOUDFLARE_ID.test(group))) return ok(scope3.permissions);
  const key = `${cloudflareApiUrl(source.connection)} ${source.connection.account_id}`;
  const known = remembered.get(key, deps.now());
  if (known !== void 0) {
    const ids = resolve(scope3, known.value);
    if (ids.ok || isFresh(known, deps)) return ids;
  }
  const groups = await fetchGroups(source, deps);
  if (!groups.ok) return groups;
  remembered.set(key, groups.value, deps.now());
  return resolve(scope3, groups.value);
}
function isFresh(entry, deps) {
  return deps.now() - entry.at < MIN_AGE;
}
async function fetchGroups({ connection: connection6, parentToken }, deps) {
  const answer = await callCloudflare({ method: "GET", path: "/tokens/permission_groups", parentToken }, connection6, deps);
  return answer.ok ? readGroups(answer.value) : answer;
}
function readGroups(answer) {
  const result = readEnvelope(answer);
  if (!result.ok) return result;
  const parsed3 = groupsResult.safeParse(result.value);
  return parsed3.success ? ok(parsed3.data) : err(unexpectedShape(answer.status));
}
function resolve(scope3, groups) {
  const wanted = resourceScope(scope3.resources);
  const ids = [];
  for (const permission of scope3.permissions) {
    const fitting2 = groups.filter(({ name: name3, scopes }) => name3 === permission && (scopes.length === 0 || scopes.includes(wanted)));
    const [only, ...others] = CLOUDFLARE_ID.test(permission) ? [{ id: permission }] : fitting2;
    if (only === void 0) return err(refused2(`no permission group "${permission}" for these resources`));
    if (others.length > 0) return err(refused2(`more than one permission group "${permission}": name it by id`));
    ids.push(only.id);
  }
  return ok(ids);
}

// worker/providers/cloudflare-token.ts
var TOKEN_QUOTA = 500;
var NEAR_QUOTA = 450;
var MAX_NAME_CHARS = 120;
var TOKEN_ID = string2().regex(/^[A-Za-z0-9_-]{1,64}$/);
var idAnswer = looseObject({ id: TOKEN_ID });
var tokenAnswer = looseObject({
  ...tokenLimits.shape,
  id: TOKEN_ID,
  value: string2().regex(/^[\x21-\x7e]{1,4096}$/),
  expires_on: string2(),
  status: string2().default("active")
});
var listAnswer = looseObject({ success: literal(true), result_info: looseObject({ total_count: int().nonnegative() }) });
var handleShape = strictObject({ token_id: TOKEN_ID });
var cloudflareTokenProvider = {
  async mint(order2, deps) {
    const parent = secretValue(order2.connection.token.secret, deps);
    if (!parent.ok) return parent;
    const ordered = await orderedPolicy(order2, parent.value, deps);
    if (!ordered.ok) return ordered;
    const body = mintBody(order2, ordered.value);
    const answer = await callCloudflare({ method: "POST", path: "/tokens", parentToken: parent.value, body }, order2.connection, deps);
    if (!answer.ok) return err(unanswered(answer.error));
    const minted = readMint(answer.value, { policy: ordered.value, expiresAt: order2.expiresAt, now: deps.now() });
    if (minted.ok) {
      const { id: id5, token: token2, expiresAt } = minted.value;
      return ok({ credential: { token: token2 }, expiresAt, handle: { token_id: id5 } });
    }
    const { refusal, leftover } = minted.error;
    if (leftover === void 0) return err(refusal);
    const ended = await requestRevoke(leftover, { connection: order2.connection, parentToken: parent.value }, deps);
    return err(withdrawn(refusal, ended.ok && readRevoke(ended.value).ok, { token_id: leftover }));
  },
  async probe(_connectionName, connection6, deps) {
    const parent = secretValue(connection6.token.secret, deps);
    if (!parent.ok) return parent;
    const answer = await callCloudflare({ method: "GET", path: "/tokens?per_page=5", parentToken: parent.value }, connection6, deps);
    if (!answer.ok) return answer;
    const count4 = readCount(answer.value);
    return count4.ok ? ok({ summary: quotaSummary(connection6.account_id, count4.value) }) : count4;
  },
  async revoke(handle, connection6, deps) {
    const parsed3 = handleShape.safeParse(handle);
    if (!parsed3.success) return err(refused2("handle not readable"));
    const parent = secretValue(connection6.token.secret, deps);
    if (!parent.ok) return parent;
    const answer = await requestRevoke(parsed3.data.token_id, { connection: connection6, parentToken: parent.value }, deps);
    return answer.ok ? readRevoke(answer.value) : answer;
  }
};
async function orderedPolicy(order2, parentToken, deps) {
  const address2 = pinnedAddress(order2);
  if (!address2.ok) return address2;
  const groupIds = await permissionGroupIds(order2.scope, { connection: order2.connection, parentToken }, deps);
  if (!groupIds.ok) return groupIds;
  const resources2 = resourceNames(order2.scope.resources, order2.connection.account_id);
  return ok({ groupIds: groupIds.value, resources: resources2, address: address2.value });
}
function pinnedAddress(order2) {
  if (order2.scope.pin_address !== true) return ok(void 0);
  const address2 = parseCallerAddress(order2.callerAddress);
  if (address2 !== void 0) return ok(address2);
  return err({
    code: "request_malformed",
    parameter: "pin_address",
    problem: "missing",
    expected: "an ask from an IP address the broker can see"
  });
}
function mintBody(order2, policy) {
  const name3 = `jobpass ${order2.leaseId} ${order2.grant}`.slice(0, MAX_NAME_CHARS);
  return { name: name3, ...policyMembers(policy), expires_on: formatInstant(order2.expiresAt) };
}
function readMint(answer, expected) {
  const result = readEnvelope(answer);
  if (!result.ok) return err({ refusal: isSuccess(answer) ? unreadableMint(answer.status) : result.error });
  const made = idAnswer.safeParse(result.value);
  if (!made.success) return err({ refusal: unreadableMint(answer.status) });
  const { id: id5 } = made.data;
  const reject = (refusal) => err({ refusal, leftover: id5 });
  const parsed3 = tokenAnswer.safeParse(result.value);
  if (!parsed3.success) return reject(unexpectedShape(answer.status));
  const expiresAt = instantOf(parsed3.data.expires_on);
  if (expiresAt === void 0) return reject(unexpectedShape(answer.status));
  if (expiresAt <= expected.now || parsed3.data.status !== "active") return reject(refused2("not active at birth", answer.status));
  if (expiresAt > expected.expiresAt) return reject(refused2("longer than ordered", answer.status));
  if (isWiderThan(expected.policy, parsed3.data)) return reject(refused2("wider than ordered", answer.status));
  return ok({ id: id5, token: parsed3.data.value, expiresAt });
}
function requestRevoke(tokenId, { connection: connection6, parentToken }, deps) {
  return callCloudflare({ method: "DELETE", path: `/tokens/${tokenId}`, parentToken }, connection6, deps);
}
function readRevoke(answer) {
  if (answer.status === 404) return ok("already_gone");
  const result = readEnvelope(answer);
  return result.ok ? ok("revoked") : result;
}
function readCount(answer) {
  const result = readEnvelope(answer);
  if (!result.ok) return result;
  const parsed3 = listAnswer.safeParse(answer.body);
  if (!parsed3.success) return err(unexpectedShape(answer.status));
  const { total_count } = parsed3.data.result_info;
  return total_count < TOKEN_QUOTA ? ok(total_count) : refusedBy(answer, "token quota of the account reached");
}
function quotaSummary(accountId, count4) {
  const warning = count4 >= NEAR_QUOTA ? ": near the quota" : "";
  return `account ${accountId} has ${count4} of ${TOKEN_QUOTA} account tokens${warning}`;
}

// worker/providers/github-app-call.ts
var DEFAULT_API_URL2 = "https://api.github.com";
var API_VERSION = "2022-11-28";
var USER_AGENT = "jobpass";
function githubApiUrl(connection6) {
  return (connection6.api_url ?? DEFAULT_API_URL2).replace(/\/$/, "");
}
function callGithub(call, connection6, deps) {
  const { path, bearer, ...rest } = call;
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${bearer}`,
    "user-agent": USER_AGENT,
    "x-github-api-version": API_VERSION
  };
  return send({ ...rest, url: `${githubApiUrl(connection6)}${path}`, headers }, deps);
}

// worker/providers/github-app-installation.ts
var MAX_REMEMBERED = 256;
var MAX_AGE2 = 3600;
var remembered2 = isolateCache(MAX_REMEMBERED, MAX_AGE2);
var installationAnswer = looseObject({
  id: int().positive(),
  app_id: int().positive().optional(),
  account: looseObject({ login: string2().optional() }).nullish(),
  repository_selection: _enum(["all", "selected"]).optional(),
  suspended_at: string2().nullish()
});
async function installationId(sought, deps) {
  const { installation_id } = sought.connection;
  if (installation_id !== void 0) return ok(installation_id);
  const key = keyOf(sought);
  const known = remembered2.get(key, deps.now());
  if (known !== void 0) return ok(known.value);
  const found2 = await lookUpInstallation(sought, deps);
  if (!found2.ok) return found2;
  remembered2.set(key, found2.value.id, deps.now());
  return ok(found2.value.id);
}
function forgetInstallation(sought) {
  remembered2.delete(keyOf(sought));
}
async function lookUpInstallation(sought, deps) {
  const { installation_id, account: account2 } = sought.connection;
  const paths = installation_id === void 0 ? [`/orgs/${account2}/installation`, `/users/${account2}/installation`] : [`/app/installations/${installation_id}`];
  for (const path of paths) {
    const answer = await callGithub({ method: "GET", path, bearer: sought.appJwt }, sought.connection, deps);
    if (!answer.ok) return answer;
    if (answer.value.status !== 404) return readInstallation(answer.value, sought.connection);
  }
  return err(refused2("app not installed on the account", 404));
}
function readInstallation(answer, connection6) {
  if (answer.status === 401) return err(refused2("app id or private key not accepted", answer.status));
  if (!isSuccess(answer)) return err(refused2("installation look-up refused", answer.status));
  const parsed3 = installationAnswer.safeParse(answer.body);
  if (!parsed3.success) return err(unexpectedShape(answer.status));
  const { id: id5, app_id, account: account2, repository_selection, suspended_at } = parsed3.data;
  if (app_id !== void 0 && String(app_id) !== connection6.app_id) return err(refused2("installation of another app", answer.status));
  const login = account2?.login;
  if (login !== void 0 && login.toLowerCase() !== connection6.account.toLowerCase()) {
    return err(refused2("installation on another account", answer.status));
  }
  if (typeof suspended_at === "string") return err(refused2("installation suspended", answer.status));
  return ok({ id: String(id5), repositorySelection: repository_selection ?? "unknown" });
}
function keyOf({ connectionName, connection: connection6 }) {
  return [connectionName, githubApiUrl(connection6), connection6.app_id, connection6.account].join(" ");
}

// worker/providers/github-app-key.ts
import { Buffer as Buffer2 } from "node:buffer";
var PEM = /^-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END (?:RSA )?PRIVATE KEY-----$/;
var RSA_SHA256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
var MIN_MODULUS_BITS = 2048;
var CLOCK_DRIFT = 60;
var APP_JWT_LIFE = 600;
var PKCS8_VERSION_AND_ALGORITHM = [
  2,
  1,
  0,
  48,
  13,
  6,
  9,
  42,
  134,
  72,
  134,
  247,
  13,
  1,
  1,
  1,
  5,
  0
];
var DER_SEQUENCE = 48;
var DER_OCTET_STRING = 4;
var DER_LONG_FORM = 128;
async function appJwt(appId, secretName, deps) {
  const pem = secretValue(secretName, deps);
  if (!pem.ok) return pem;
  const key = await importAppKey(pem.value);
  if (key === void 0)
    return err({
      code: "upstream_unavailable",
      detail: `secret ${secretName} is not an RSA private key of ${MIN_MODULUS_BITS} bits or more`
    });
  return ok(await signAppJwt(appId, key, deps.now()));
}
function signAppJwt(appId, key, now2) {
  const issuedAt = now2 - CLOCK_DRIFT;
  return new SignJWT().setProtectedHeader({ alg: "RS256", typ: "JWT" }).setIssuedAt(issuedAt).setExpirationTime(issuedAt + APP_JWT_LIFE).setIssuer(appId).sign(key);
}
async function importAppKey(pem) {
  const match2 = PEM.exec(pem.replaceAll("\\n", "\n").trim());
  if (match2 === null) return void 0;
  const [, pkcs1, base643 = ""] = match2;
  const der = Uint8Array.from(Buffer2.from(base643, "base64"));
  try {
    const key = await crypto.subtle.importKey("pkcs8", pkcs1 === void 0 ? der : pkcs8Of(der), RSA_SHA256, false, ["sign"]);
    return modulusBits2(key) >= MIN_MODULUS_BITS ? key : void 0;
  } catch {
    return void 0;
  }
}
function modulusBits2(key) {
  return "modulusLength" in key.algorithm && typeof key.algorithm.modulusLength === "number" ? key.algorithm.modulusLength : 0;
}
function pkcs8Of(pkcs1) {
  return Uint8Array.from(derValue(DER_SEQUENCE, [...PKCS8_VERSION_AND_ALGORITHM, ...derValue(DER_OCTET_STRING, [...pkcs1])]));
}
function derValue(tag2, content) {
  const { length } = content;
  if (length < DER_LONG_FORM) return [tag2, length, ...content];
  const [high, low] = [length >> 8, length & 255];
  return high === 0 ? [tag2, DER_LONG_FORM | 1, low, ...content] : [tag2, DER_LONG_FORM | 2, high, low, ...content];
}

// worker/providers/github-app-repositories.ts
function orderedRepositories({ scope: scope3, connection: connection6, run: run2 }) {
  if (scope3.repositories === "all") return { by: "all" };
  const names = scope3.repositories;
  const pins = new Map(Object.entries(connection6.repository_ids ?? {}).map(([name3, id5]) => [foldAscii(name3), id5]));
  const own2 = isSameGithub(run2.issuer, githubApiUrl(connection6)) ? run2 : void 0;
  const repositories2 = names.flatMap((name3) => {
    const pin = pins.get(foldAscii(name3));
    if (pin !== void 0) return [{ name: name3, id: Number(pin), pinned: true }];
    const id5 = own2 !== void 0 && isNamed(own2.repository, `${connection6.account}/${name3}`) ? Number(own2.repositoryId) : Number.NaN;
    return Number.isSafeInteger(id5) ? [{ name: name3, id: id5, pinned: false }] : [];
  });
  return repositories2.length === names.length ? { by: "id", repositories: repositories2 } : { by: "name", names };
}
function repositoryMembers(ordered) {
  if (ordered.by === "all") return {};
  if (ordered.by === "name") return { repositories: ordered.names };
  return { repository_ids: [...new Set(ordered.repositories.map(({ id: id5 }) => id5))] };
}
function isBeyondRepositories(given, ordered) {
  if (ordered.by === "all") return false;
  return given.repository_selection === "all" || !(given.repositories ?? []).every((repository) => isOrdered2(repository, ordered));
}
function isOrdered2({ name: name3, id: id5 }, ordered) {
  if (ordered.by === "name") return ordered.names.some((each2) => isNamed(each2, name3));
  return ordered.repositories.some((each2) => {
    if (id5 === void 0) return isNamed(each2.name, name3);
    return each2.id === id5 && (each2.pinned || isNamed(each2.name, name3));
  });
}
function isNamed(a, b) {
  return foldAscii(a) === foldAscii(b);
}
function isSameGithub(issuerUrl, apiUrl2) {
  if (!URL.canParse(issuerUrl)) return false;
  const [issuer2, api] = [new URL(issuerUrl), new URL(apiUrl2)];
  if (isLoopbackHost(api.hostname)) return true;
  if (api.hostname === "api.github.com") return issuer2.host === "token.actions.githubusercontent.com";
  if (api.hostname.endsWith(".ghe.com")) return issuer2.host === api.host.replace(/^api\./, "token.actions.");
  return issuer2.host === api.host;
}

// worker/providers/github-app.ts
var MAX_MINT_RESPONSE_BYTES = 4194304;
var TOKEN = string2().regex(/^[\x21-\x7e]{1,4096}$/);
var tokenAnswer2 = looseObject({ token: TOKEN });
var mintAnswer = looseObject({
  token: TOKEN,
  expires_at: string2(),
  permissions: record(string2(), _enum(PERMISSION_LEVELS)).optional(),
  repository_selection: _enum(["all", "selected"]).optional(),
  repositories: array(looseObject({ name: string2(), id: int().optional() })).optional()
});
var handleShape2 = strictObject({ token: TOKEN });
var githubAppProvider = {
  async mint(order2, deps) {
    const sought = await authenticated(order2.connectionName, order2.connection, deps);
    if (!sought.ok) return sought;
    const installation = await installationId(sought.value, deps);
    if (!installation.ok) return installation;
    const ordered = { permissions: order2.scope.permissions, repositories: orderedRepositories(order2) };
    const answer = await requestMint(ordered, installation.value, sought.value, deps);
    if (!answer.ok) return err(unanswered(answer.error));
    if (answer.value.status === 404) forgetInstallation(sought.value);
    const minted = readMint2(answer.value, ordered, deps.now());
    if (minted.ok)
      return ok({ credential: { token: minted.value.token }, expiresAt: minted.value.expiresAt, handle: { token: minted.value.token } });
    const { refusal, leftover } = minted.error;
    if (leftover === void 0) return err(refusal);
    return err(withdrawn(refusal, await isEnded(leftover, order2.connection, deps), { token: leftover }));
  },
  async probe(connectionName, connection6, deps) {
    const sought = await authenticated(connectionName, connection6, deps);
    if (!sought.ok) return sought;
    const found2 = await lookUpInstallation(sought.value, deps);
    if (!found2.ok) return found2;
    const { id: id5, repositorySelection } = found2.value;
    return ok({ summary: `app ${connection6.app_id} on ${connection6.account}, installation ${id5}, repositories: ${repositorySelection}` });
  },
  async revoke(handle, connection6, deps) {
    const parsed3 = handleShape2.safeParse(handle);
    if (!parsed3.success) return err(refused2("handle not readable"));
    const answer = await requestRevoke2(parsed3.data.token, connection6, deps);
    return answer.ok ? readRevoke2(answer.value) : answer;
  }
};
async function authenticated(connectionName, connection6, deps) {
  const jwt2 = await appJwt(connection6.app_id, connection6.private_key.secret, deps);
  return jwt2.ok ? ok({ connectionName, connection: connection6, appJwt: jwt2.value }) : jwt2;
}
function requestMint({ permissions: permissions2, repositories: repositories2 }, id5, sought, deps) {
  const path = `/app/installations/${id5}/access_tokens`;
  const call = {
    method: "POST",
    path,
    bearer: sought.appJwt,
    body: { ...repositoryMembers(repositories2), permissions: permissions2 },
    maxResponseBytes: MAX_MINT_RESPONSE_BYTES
  };
  return callGithub(call, sought.connection, deps);
}
function readMint2(answer, ordered, now2) {
  if (!isSuccess(answer)) return err({ refusal: refused2(phraseFor2(answer.status), answer.status) });
  const leftover = tokenAnswer2.safeParse(answer.body);
  if (!leftover.success) return err({ refusal: unreadableMint(answer.status) });
  const { token: token2 } = leftover.data;
  const reject = (refusal) => err({ refusal, leftover: token2 });
  const parsed3 = mintAnswer.safeParse(answer.body);
  if (!parsed3.success) return reject(unexpectedShape(answer.status));
  const expiresAt = instantOf(parsed3.data.expires_at);
  if (expiresAt === void 0) return reject(unexpectedShape(answer.status));
  if (expiresAt <= now2) return reject(refused2("expired at birth", answer.status));
  if (isWider(parsed3.data, ordered)) return reject(refused2("wider than ordered", answer.status));
  return ok({ token: token2, expiresAt });
}
function phraseFor2(status) {
  if (status === 401) return "app id or private key not accepted";
  if (status === 403) return "not permitted; the installation may be suspended";
  if (status === 404) return "installation not found";
  return status === 422 ? "repositories or permissions beyond the installation" : "mint refused";
}
function isWider(given, { permissions: permissions2, repositories: repositories2 }) {
  const limit = { metadata: "read", ...permissions2 };
  const isWithin = Object.entries(given.permissions ?? {}).every(([name3, level]) => isPermissionWithin(limit, name3, level));
  return !isWithin || isBeyondRepositories(given, repositories2);
}
function requestRevoke2(token2, connection6, deps) {
  return callGithub({ method: "DELETE", path: "/installation/token", bearer: token2 }, connection6, deps);
}
function readRevoke2(answer) {
  if (isSuccess(answer)) return ok("revoked");
  return answer.status === 401 || answer.status === 404 ? ok("already_gone") : refusedBy(answer, "revoke refused");
}
async function isEnded(token2, connection6, deps) {
  const answer = await requestRevoke2(token2, connection6, deps);
  return answer.ok && readRevoke2(answer.value).ok;
}

// worker/keys/jws.ts
var SIGN_PARAMETERS = {
  ES256: { name: "ECDSA", hash: "SHA-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5" }
};
var BASE64URL = { alphabet: "base64url", omitPadding: true };
var textEncoder2 = new TextEncoder();
async function signJws(typ, payload, key) {
  const header = base64url3(JSON.stringify({ alg: key.algorithm, typ, kid: key.kid }));
  const signed = `${header}.${base64url3(JSON.stringify(payload))}`;
  const signature = await crypto.subtle.sign(SIGN_PARAMETERS[key.algorithm], key.privateKey, textEncoder2.encode(signed));
  return `${signed}.${new Uint8Array(signature).toBase64(BASE64URL)}`;
}
function base64url3(text8) {
  return textEncoder2.encode(text8).toBase64(BASE64URL);
}

// worker/providers/jwt.ts
var ACCESS_TOKEN_TYPE = "at+jwt";
var CLOCK_SKEW3 = 30;
var jwtProvider = {
  async mint(order2, { keys, origin: origin2 }) {
    const key = await keys.signingKey(order2.connection.algorithm);
    const token2 = await signJws(ACCESS_TOKEN_TYPE, accessTokenClaims(order2, origin2), key);
    return ok({ credential: { token: token2 }, expiresAt: order2.expiresAt, signer: key.kid });
  },
  async probe(_connectionName, connection6, { keys }) {
    const { kid } = await keys.signingKey(connection6.algorithm);
    return ok({ summary: `signs ${connection6.algorithm} for ${connection6.audience} with key ${kid}` });
  },
  /** Nothing to do upstream: the ended lease is what makes introspection answer inactive. A service that only checks the signature sees `exp`. */
  async revoke() {
    return ok("revoked");
  }
};
function accessTokenClaims(order2, issuer2) {
  const scopes = [...new Set(order2.scope.scopes ?? [])];
  return {
    ...order2.scope.claims,
    iss: issuer2,
    aud: order2.connection.audience,
    sub: `workload:${order2.workload}`,
    client_id: order2.workload,
    jti: order2.leaseId,
    ...lifetimeClaims(order2.issuedAt, order2.expiresAt),
    ...scopes.length > 0 && { scope: scopes.join(" ") },
    ci: runClaim(order2.run)
  };
}
function lifetimeClaims(issuedAt, expiresAt) {
  return { iat: issuedAt, nbf: issuedAt - CLOCK_SKEW3, exp: expiresAt };
}
function runClaim(run2) {
  return {
    issuer: run2.issuer,
    repository: run2.repository,
    repository_id: run2.repositoryId,
    ref: run2.ref,
    sha: run2.sha,
    event_name: run2.eventName,
    ...run2.environment !== void 0 && { environment: run2.environment },
    run_id: run2.runId,
    workflow_ref: run2.workflowRef
  };
}

// worker/keys/ed25519-id.ts
import { Buffer as Buffer4 } from "node:buffer";
import { createHash as createHash4 } from "node:crypto";

// worker/keys/ssh-public-key.ts
import { Buffer as Buffer3 } from "node:buffer";

// worker/keys/ssh-wire.ts
var UINT32_BYTES = 4;
var textEncoder3 = new TextEncoder();
function concat2(parts) {
  const whole2 = new Uint8Array(parts.reduce((length, part2) => length + part2.length, 0));
  let offset = 0;
  for (const part2 of parts) {
    whole2.set(part2, offset);
    offset += part2.length;
  }
  return whole2;
}
function writeUint32(value) {
  const bytes = new Uint8Array(UINT32_BYTES);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
function writeUint64(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
function writeString(value) {
  const bytes = typeof value === "string" ? textEncoder3.encode(value) : value;
  return concat2([writeUint32(bytes.length), bytes]);
}
function readStrings(blob) {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const strings = [];
  let offset = 0;
  while (offset < blob.length) {
    if (blob.length - offset < UINT32_BYTES) return void 0;
    const length = view.getUint32(offset);
    offset += UINT32_BYTES;
    if (length > blob.length - offset) return void 0;
    strings.push(blob.subarray(offset, offset + length));
    offset += length;
  }
  return strings;
}
function positiveMpintBits(mpint) {
  const [first, second] = mpint;
  if (first === void 0 || first >= 128) return void 0;
  if (first !== 0) return (mpint.length - 1) * 8 + bitsOf(first);
  if (second === void 0 || second < 128) return void 0;
  return (mpint.length - 1) * 8;
}
function bitsOf(byte) {
  return 32 - Math.clz32(byte);
}

// worker/keys/ssh-public-key.ts
var HOLDER_KEY_EXPECTED = "one OpenSSH public key line: ssh-ed25519, ecdsa-sha2-nistp256/384/521, ssh-rsa of at least 3072 bits, or a security key (sk-)";
var RSA_MIN_BITS = 3072;
var RSA_MAX_BITS = 16384;
var MAX_LINE_LENGTH = 8192;
var ED25519_KEY_BYTES = 32;
var KEY_FORMATS = /* @__PURE__ */ new Map([
  ["ssh-ed25519", { certificateFormat: "ssh-ed25519-cert-v01@openssh.com", accepts: isEd25519 }],
  ["ecdsa-sha2-nistp256", ecdsa2("nistp256", 32)],
  ["ecdsa-sha2-nistp384", ecdsa2("nistp384", 48)],
  ["ecdsa-sha2-nistp521", ecdsa2("nistp521", 66)],
  ["ssh-rsa", { certificateFormat: "ssh-rsa-cert-v01@openssh.com", accepts: isRsa }],
  ["sk-ssh-ed25519@openssh.com", { certificateFormat: "sk-ssh-ed25519-cert-v01@openssh.com", accepts: withApplication(isEd25519) }],
  [
    "sk-ecdsa-sha2-nistp256@openssh.com",
    {
      certificateFormat: "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
      accepts: withApplication(isEcPoint("nistp256", 32))
    }
  ]
]);
function parsePublicKeyLine(line2) {
  if (line2.length > MAX_LINE_LENGTH) return void 0;
  const match2 = /^(\S+) +([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?(?:\r?\n)?$/.exec(line2);
  const [, format = "", base643 = ""] = match2 ?? [];
  const known = KEY_FORMATS.get(format);
  if (known === void 0) return void 0;
  const blob = Buffer3.from(base643, "base64");
  if (blob.toString("base64") !== base643) return void 0;
  const [name3, ...fields2] = readStrings(blob) ?? [];
  if (name3 === void 0 || textOf(name3) !== format || !known.accepts(fields2)) return void 0;
  return { format, certificateFormat: known.certificateFormat, fields: fields2 };
}
function ed25519Blob(publicKey) {
  return concat2([writeString("ssh-ed25519"), writeString(publicKey)]);
}
function ed25519Line(publicKey, comment) {
  return `ssh-ed25519 ${Buffer3.from(ed25519Blob(publicKey)).toString("base64")} ${comment}`;
}
function isEd25519(fields2) {
  const [key] = fields2;
  return fields2.length === 1 && key?.length === ED25519_KEY_BYTES;
}
function ecdsa2(curve, coordinateBytes) {
  return { certificateFormat: `ecdsa-sha2-${curve}-cert-v01@openssh.com`, accepts: isEcPoint(curve, coordinateBytes) };
}
function isEcPoint(curve, coordinateBytes) {
  return (fields2) => {
    const [name3, point] = fields2;
    if (fields2.length !== 2 || name3 === void 0 || point === void 0) return false;
    return textOf(name3) === curve && point.length === 1 + 2 * coordinateBytes && point[0] === 4;
  };
}
function isRsa(fields2) {
  const [exponent, modulus] = fields2;
  if (fields2.length !== 2 || exponent === void 0 || modulus === void 0) return false;
  const exponentBits = positiveMpintBits(exponent);
  const modulusBits3 = positiveMpintBits(modulus);
  if (exponentBits === void 0 || modulusBits3 === void 0) return false;
  const bothOdd = isOdd(exponent) && isOdd(modulus);
  return bothOdd && exponentBits >= 2 && exponentBits <= 64 && modulusBits3 >= RSA_MIN_BITS && modulusBits3 <= RSA_MAX_BITS;
}
function withApplication(accepts) {
  return (fields2) => {
    const application = fields2.at(-1);
    return application !== void 0 && /^ssh:[\x21-\x7e]{0,250}$/.test(textOf(application)) && accepts(fields2.slice(0, -1));
  };
}
function isOdd(mpint) {
  return ((mpint.at(-1) ?? 0) & 1) === 1;
}
function textOf(bytes) {
  return Buffer3.from(bytes).toString("latin1");
}

// worker/keys/ed25519-id.ts
function sshFingerprint(publicKey) {
  const digest2 = createHash4("sha256").update(ed25519Blob(publicKey)).digest();
  return `SHA256:${Buffer4.from(digest2).toString("base64").replace(/=+$/, "")}`;
}
function thumbprint(publicKey) {
  const members4 = `{"crv":"Ed25519","kty":"OKP","x":"${Buffer4.from(publicKey).toString("base64url")}"}`;
  return createHash4("sha256").update(members4).digest("base64url");
}
function ed25519Kid(purpose, publicKey) {
  return purpose === "checkpoint" ? thumbprint(publicKey) : sshFingerprint(publicKey);
}

// worker/keys/ssh-certificate.ts
import { Buffer as Buffer5 } from "node:buffer";
var USER_CERTIFICATE = 1;
var NONCE_BYTES = 32;
var NOTHING = new Uint8Array(0);
async function signUserCertificate(certificate, authority2) {
  if (certificate.principals.length === 0 || certificate.principals.includes(""))
    throw new Error("a certificate without principals is never signed");
  if (certificate.validBefore <= certificate.validAfter) throw new Error("a certificate must end after it begins");
  if (certificate.nonce.length !== NONCE_BYTES) throw new Error("a certificate needs a nonce of 32 bytes");
  const unsigned = unsignedBlob(certificate, authority2.publicKey);
  const signature = concat2([writeString("ssh-ed25519"), writeString(await authority2.sign(unsigned))]);
  const blob = concat2([unsigned, writeString(signature)]);
  return `${certificate.holder.certificateFormat} ${Buffer5.from(blob).toString("base64")} ${certificate.keyId}`;
}
function unsignedBlob(certificate, authorityKey) {
  return concat2([
    writeString(certificate.holder.certificateFormat),
    writeString(certificate.nonce),
    ...certificate.holder.fields.map(writeString),
    writeUint64(certificate.serial),
    writeUint32(USER_CERTIFICATE),
    writeString(certificate.keyId),
    writeString(concat2(certificate.principals.map(writeString))),
    writeUint64(BigInt(certificate.validAfter)),
    writeUint64(BigInt(certificate.validBefore)),
    writeString(optionsBlob(certificate.criticalOptions)),
    writeString(optionsBlob(new Map(certificate.extensions.map((name3) => [name3, void 0])))),
    // reserved
    writeString(NOTHING),
    writeString(ed25519Blob(authorityKey))
  ]);
}
function optionsBlob(options) {
  const sorted = [...options].sort(([a], [b]) => a < b ? -1 : 1);
  return concat2(sorted.flatMap(([name3, value]) => [writeString(name3), writeString(value === void 0 ? NOTHING : writeString(value))]));
}

// worker/providers/ssh-cert.ts
var CLOCK_SKEW4 = 30;
var NONCE_BYTES2 = 32;
var SERIAL_BYTES = 8;
var sshCertProvider = {
  async mint(order2, deps) {
    const holder = holderKey(order2.publicKey);
    if (!holder.ok) return holder;
    const criticalOptions = criticalOptionsOf(order2);
    if (!criticalOptions.ok) return criticalOptions;
    const authority2 = await deps.keys.certificateAuthority(order2.connectionName);
    const serial = randomSerial(deps.random);
    const principals = [...new Set(order2.scope.principals)];
    const certificate = await signUserCertificate(
      {
        holder: holder.value,
        nonce: deps.random(NONCE_BYTES2),
        serial,
        keyId: order2.leaseId,
        principals,
        validAfter: order2.issuedAt - CLOCK_SKEW4,
        validBefore: order2.expiresAt,
        criticalOptions: criticalOptions.value,
        extensions: order2.scope.extensions ?? []
      },
      authority2
    );
    const ca = ed25519Line(authority2.publicKey, order2.connectionName);
    return ok({
      credential: { certificate, ca, principals, serial: String(serial), key_id: order2.leaseId },
      expiresAt: order2.expiresAt,
      signer: sshFingerprint(authority2.publicKey)
    });
  },
  async probe(connectionName, _connection, { keys }) {
    const { publicKey } = await keys.certificateAuthority(connectionName);
    return ok({ summary: `signs with CA ${sshFingerprint(publicKey)}` });
  }
};
function holderKey(line2) {
  if (line2 === void 0) return err(refused3("public_key", "missing", HOLDER_KEY_EXPECTED));
  const key = parsePublicKeyLine(line2);
  return key === void 0 ? err(refused3("public_key", "malformed", HOLDER_KEY_EXPECTED)) : ok(key);
}
function criticalOptionsOf(order2) {
  const options = /* @__PURE__ */ new Map();
  const { force_command, source_address } = order2.scope;
  if (force_command !== void 0) options.set("force-command", force_command);
  if (source_address !== void 0) {
    const addresses = sourceAddresses(source_address, order2.callerAddress);
    if (addresses === void 0) return err(refused3("source_address", "missing", "an ask from an IP address the broker can see"));
    options.set("source-address", addresses.join(","));
  }
  return ok(options);
}
function sourceAddresses(source, callerAddress2) {
  if (source !== "caller") return source;
  const caller = parseCallerAddress(callerAddress2);
  return caller === void 0 ? void 0 : [`${caller.text}/${caller.range.family === 4 ? 32 : 128}`];
}
function randomSerial(random) {
  const bytes = random(SERIAL_BYTES);
  const serial = new DataView(bytes.buffer, bytes.byteOffset, SERIAL_BYTES).getBigUint64(0);
  return serial === 0n ? 1n : serial;
}
function refused3(parameter, problem, expected) {
  return { code: "request_malformed", parameter, problem, expected };
}

// worker/providers/index.ts
var providers = {
  "cloudflare-token": cloudflareTokenProvider,
  "github-app": githubAppProvider,
  jwt: jwtProvider,
  "ssh-cert": sshCertProvider
};
function providerOf(name3) {
  return providers[name3];
}

// worker/revoke.ts
var sealedHandle = object({ kind: _enum(KIND_NAMES), connection: json(), handle: record(string2(), json()) });
var handlePlace = (lease) => `lease/${lease}`;
async function sealHandle({ lease, kind, connection: connection6, handle }, deps) {
  return deps.sealing.seal(handlePlace(lease), new TextEncoder().encode(canonicalJson({ kind, connection: connection6, handle })));
}
async function openHandle(lease, sealed2, deps) {
  const opened2 = await deps.sealing.open(handlePlace(lease), sealed2);
  if (!opened2.ok) return err({ code: "upstream_unavailable", detail: `the sealed handle did not open: ${opened2.error}` });
  const json2 = JSON.parse(new TextDecoder().decode(opened2.value));
  const handle = sealedHandle.safeParse(json2);
  return handle.success ? ok({ lease, ...handle.data }) : err({ code: "upstream_unavailable", detail: "the stored handle cannot be read" });
}
async function resealHandle({ lease, handle }, { sealing }) {
  const opened2 = await sealing.open(handlePlace(lease), handle);
  return opened2.ok ? sealing.seal(handlePlace(lease), opened2.value) : void 0;
}
function endCredential(credential3, deps) {
  return withoutFault(() => revokeAtProvider(credential3, deps));
}
async function withoutFault(end) {
  try {
    return await end();
  } catch (fault) {
    return err({ code: "upstream_unavailable", detail: `a fault of the broker: ${fault instanceof Error ? fault.name : "unknown"}` });
  }
}
async function revokeAtProvider({ kind, connection: connection6, handle }, deps) {
  const provider = providerOf(kind);
  if (provider.revoke === void 0) return ok("already_gone");
  const settings2 = kindOf(kind).connection.safeParse(connection6);
  if (!settings2.success) return err({ code: "upstream_unavailable", detail: "the stored connection cannot be read" });
  return provider.revoke(handle, settings2.data, providerDeps(deps));
}
async function endLease(lease, how, ledger, deps) {
  const facts = await endAtUpstream(lease, deps);
  if (!facts.ok) {
    const { code, detail, retryAfter: retryAfter2 } = facts.error;
    const failed2 = { lease: lease.id, how, code, detail, ...retryAfter2 === void 0 ? {} : { retryAfter: retryAfter2 } };
    await callState(() => deps.ledger(ledger).endFailed(failed2));
    return facts;
  }
  const ended = await callState(() => deps.ledger(ledger).end({ lease: lease.id, how, state: lease.state, facts: facts.value }));
  if (!ended.ok) return ended;
  if (ended.value === "moved_on") return endAgain(lease.id, how, ledger, deps);
  return ok({ outcome: ended.value, credentialEnd: facts.value.credential_end });
}
async function endAgain(id5, how, ledger, deps) {
  const found2 = await callState(() => deps.ledger(ledger).leases({ lease: id5 }, 1));
  if (!found2.ok) return found2;
  const [lease] = found2.value;
  return lease === void 0 ? ok({ outcome: "already_over", credentialEnd: "already_gone" }) : endLease(lease, how, ledger, deps);
}
async function endAtUpstream(lease, deps) {
  if (lease.state === "minting") return ok({ credential_end: "not_yet_minted" });
  const isExpired = lease.expiresAt <= nowSeconds(deps);
  if (lease.handle === null) return ok(isExpired ? { credential_end: "expired" } : withoutHandle(lease));
  const ended = await endByHandle(lease.id, lease.handle, deps);
  if (ended.ok) return ok({ credential_end: ended.value });
  return isExpired ? ok({ credential_end: "expired", detail: ended.error.detail }) : ended;
}
function endByHandle(lease, handle, deps) {
  return withoutFault(async () => {
    const credential3 = await openHandle(lease, handle, deps);
    return credential3.ok ? revokeAtProvider(credential3.value, deps) : credential3;
  });
}
function withoutHandle({ kind, expiresAt }) {
  const revocable = isKindName(kind) && kindOf(kind).revocation === "broker";
  return revocable ? { credential_end: "inactive_at_introspection" } : { credential_end: "lives_on", lives_until: expiresAt };
}

// worker/end-leases.ts
var ENDINGS_AT_ONCE = 10;
var MAX_ENDINGS = 4e3;
async function endLeases({ leases, onEnded, isStopped: isStopped2, share = MAX_ENDINGS }, deps) {
  const tally = { ended: 0, already_over: 0, failed: 0, lives_on: 0, complete: false };
  let begun = 0;
  const worker = async () => {
    while (!isStopped2() && begun < share) {
      begun++;
      const next = await leases.next();
      if (next.done === true) {
        tally.complete = true;
        return;
      }
      tally.last = { ledger: next.value.ledger, lease: next.value.lease.id };
      const ended = await endOne(next.value, deps);
      tally[ended.outcome]++;
      if (ended.outcome === "ended" && ended.detail === "lives_on") tally.lives_on++;
      onEnded(ended);
    }
  };
  await Promise.all(Array.from({ length: ENDINGS_AT_ONCE }, worker));
  return tally;
}
async function endOne(found2, deps) {
  const ended = await endLease(found2.lease, "revoked", found2.ledger, deps);
  if (ended.ok) return { ...found2, outcome: ended.value.outcome, detail: ended.value.credentialEnd };
  return { ...found2, outcome: "failed", detail: "detail" in ended.error ? ended.error.detail : "its ledger cannot be written" };
}
function effectOf({ lease: { state, handle, kind } }) {
  if (state === "minting") return "not_yet_minted";
  if (handle !== null) return "ends_at_upstream";
  return isKindName(kind) && kindOf(kind).revocation === "broker" ? "ends_at_introspection" : "lives_on";
}

// worker/reseal.ts
var HANDLES_AT_ONCE = 100;
async function resealLeases(deps) {
  const unreachable2 = [];
  const found2 = { resealed: 0, underPrevious: 0, unreadable: 0 };
  for (const ledger of await deps.policyStore().ledgers()) {
    try {
      for await (const outcome of resealLedger(ledger, deps)) found2[outcome] += 1;
    } catch {
      unreachable2.push(ledger);
    }
  }
  return { ...found2, unreachable: unreachable2 };
}
async function* resealLedger(ledger, deps) {
  const port = deps.ledger(ledger);
  for (let after = ""; ; ) {
    const handles = await port.handlesWithout(deps.sealing.currentPrefix, after, HANDLES_AT_ONCE);
    for (const sealed2 of handles) {
      yield resealOne(sealed2, port, deps);
    }
    const last = handles.at(-1);
    if (last === void 0) return;
    after = last.lease;
  }
}
async function resealOne(sealed2, port, deps) {
  if (deps.sealing.keyOf(sealed2.handle) !== "previous") return "unreadable";
  const renewed = await resealHandle(sealed2, deps);
  if (renewed === void 0) return "underPrevious";
  await port.replaceHandle(sealed2, renewed);
  return "resealed";
}

// worker/routes/keys.ts
var SECONDS_A_DAY = 86400;
var reason2 = string2().min(1).max(256);
var keyName = union([
  _enum(["signing:ES256", "signing:RS256", "checkpoint"]),
  templateLiteral(["ssh-ca:", string2().min(1).max(200)])
]);
var rotation3 = strictObject({ key: keyName, reason: reason2, at_once: boolean2().exactOptional() });
var revocation = strictObject({ kid: string2().min(1).max(100), reason: reason2 });
var ROTATION_EXPECTED = 'Expected {"key":"signing:ES256","reason":"…"}: signing:ES256, signing:RS256, ssh-ca:<connection> or checkpoint; "at_once":true does not wait.';
var REVOCATION_EXPECTED = 'Expected {"kid":"…","reason":"…"} with a kid that GET /keys shows.';
async function getKeys(request2, deps) {
  return asAuthority(request2, ["auditor", "operator"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "read_keys" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const keys = await callState(() => deps.keyring().keys());
    return keys.ok ? jsonAnswer({ keys: keys.value.map((key) => shown2(key, nowSeconds(deps))) }) : unreachable("keyring");
  });
}
async function rotateKey(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const read3 = await jsonBody(request2, rotation3, unclearKey(ROTATION_EXPECTED));
    if (!read3.ok) return read3.error;
    const { key, reason: why, at_once: atOnce = false } = read3.value;
    const act2 = { action: "rotate_key", key, when: atOnce ? "at_once" : "after_overlap", reason: why };
    const recorded = await recordAct(authority2, act2, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const order2 = { key, atOnce, act: randomId(deps), by: authority2.name, reason: why };
    const rotated = await callState(() => deps.keyring().rotate(order2));
    if (!rotated.ok) return unreachable("keyring");
    if (!rotated.value.ok) return rotated.value.error.code === "no_such_key" ? noSuchKey() : unreadable();
    const { kid, replaces, signsFrom } = rotated.value.value;
    if (signsFrom <= nowSeconds(deps)) deps.keys.forget(replaces);
    deps.log({ event: "keys", outcome: "rotated", detail: `${key} to ${kid}` });
    return jsonAnswer({ key, kid, replaces, signs_from: formatInstant(signsFrom) });
  });
}
async function revokeKey(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const read3 = await jsonBody(request2, revocation, unclearKey(REVOCATION_EXPECTED));
    if (!read3.ok) return read3.error;
    const { kid, reason: why } = read3.value;
    const recorded = await recordAct(authority2, { action: "revoke_key", kid, reason: why }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const revoked = await callState(() => deps.keyring().revoke({ kid, by: authority2.name, reason: why }));
    if (!revoked.ok) return unreachable("keyring");
    return revoked.value.ok ? bringIntoForce(kid, { ...revoked.value.value, authority: authority2, reason: why }, deps) : noSuchKey();
  });
}
async function bringIntoForce(kid, { key, successor, authority: authority2, reason: why }, deps) {
  deps.keys.forget(kid);
  const inForce = await callState(() => deps.policyStore().revokeKey(kid));
  if (!inForce.ok) return unreachable("policy store");
  const about = { key, kid, ...successor === null ? {} : { successor }, reason: why, by: authority2.name };
  const entry = { type: "key_revoked", ...about };
  const recorded = await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry));
  if (!recorded.ok) return unreachable("ledger");
  if (inForce.value === "not_everywhere") {
    const detail = "Some ledgers have not confirmed; call again to wait for them.";
    return problemAnswer({ status: 503, title: "Not in force everywhere yet", detail, headers: { "retry-after": "5" } });
  }
  deps.log({ event: "keys", outcome: "revoked", detail: `${key} ${kid}` });
  const ended = await callState(() => endSigned(kid, deps));
  if (!ended.ok) return unreachable("policy store");
  return jsonAnswer({ revoked: kid, key, successor, ...ended.value });
}
async function endSigned(signer, deps) {
  const ended = [];
  const failed2 = [];
  const silent = [];
  const leases = eachLease({ signer }, { after: void 0, unreachable: silent }, deps);
  const onEnded = ({ lease, outcome }) => void (outcome === "failed" ? failed2 : ended).push(lease.id);
  const { complete: complete3 } = await endLeases({ leases, onEnded, isStopped: () => false }, deps);
  return { ended, failed: failed2, truncated: !complete3, unreachable: silent };
}
async function resealAll(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "reseal" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const keys = await callState(() => deps.keyring().reseal());
    if (!keys.ok) return unreachable("keyring");
    const leases = await callState(() => resealLeases(deps));
    if (!leases.ok) return unreachable("policy store");
    const { unreachable: silent, ...handles } = leases.value;
    const left = keys.value.underPrevious + handles.underPrevious;
    return jsonAnswer({
      keys: counts(keys.value),
      leases: counts(handles),
      unreachable: silent,
      previous_key_needed: left > 0 || silent.length > 0
    });
  });
}
function counts({ resealed, underPrevious, unreadable: lost }) {
  return { resealed, under_previous: underPrevious, unreadable: lost };
}
function shown2({ key, kid, algorithm: algorithm3, phase, since, until, sealedUnder: sealedUnder2 }, now2) {
  const times2 = { since: formatInstant(since), until: until === null ? null : formatInstant(until) };
  const signedFor = Math.min(now2, until ?? now2) - since;
  return { key, kid, algorithm: algorithm3, phase, ...times2, age_days: Math.max(0, Math.floor(signedFor / SECONDS_A_DAY)), sealed_under: sealedUnder2 };
}
function unclearKey(detail) {
  return { title: "Which key is meant is not clear", detail };
}
function noSuchKey() {
  return problemAnswer({
    status: 404,
    title: "No such key",
    detail: "GET /keys shows every key. The CA of a connection is made at its first use."
  });
}
function unreadable() {
  const detail = "Keys are sealed under another SEALING_KEY than this broker has. Nothing was changed: a new key would hide that.";
  return problemAnswer({ status: 409, title: "The keyring cannot be read", detail });
}
function unreachable(what) {
  const detail = "Call again: what was done already is not done twice.";
  return problemAnswer({ status: 503, title: `The ${what} cannot be reached`, detail, headers: { "retry-after": "5" } });
}

// worker/routes/lease-selection.ts
var text3 = string2().min(1).max(400);
var leaseNames = strictObject({
  lease: text3.exactOptional(),
  run: text3.exactOptional(),
  workload: text3.exactOptional(),
  grant: text3.exactOptional(),
  connection: text3.exactOptional(),
  kind: text3.exactOptional(),
  /** Its name in the active policy, or its URL. */
  issuer: text3.exactOptional()
});
var LEASE_NAMES = "lease, run, workload, grant, connection, kind, issuer";
async function selectionOf({ issuer: issuer2, ...filter }, deps) {
  if (issuer2 === void 0) return ok(filter);
  if (issuer2.includes("://")) return ok({ ...filter, issuerUrl: issuer2 });
  const policy = await callState(() => activePolicy(deps));
  if (!policy.ok) return err(storeUnreachable());
  const known = [...policy.value?.issuers.values() ?? []].find(({ name: name3 }) => name3 === issuer2);
  if (known !== void 0) return ok({ ...filter, issuerUrl: known.url });
  return err(
    problemAnswer({
      status: 404,
      title: "The active policy has no such issuer",
      detail: "An issuer that has left the policy is named by its URL."
    })
  );
}
function shownLease({
  ledger,
  lease: { id: id5, state, grant: grant2, workload: workload2, connection: connection6, kind, runId, openedAt, expiresAt, recalled, failing }
}) {
  return {
    lease: id5,
    ledger,
    state,
    grant: grant2,
    workload: workload2,
    connection: connection6,
    kind,
    run_id: runId,
    opened_at: formatInstant(openedAt),
    expires_at: formatInstant(expiresAt),
    ...recalled === void 0 ? {} : { recalled: recalled.cause ?? recalled.how },
    ...failing === void 0 ? {} : { failed_tries: failing.tries, next_try: formatInstant(failing.nextTry) }
  };
}

// worker/routes/leases.ts
var MAX_LEASES2 = 1e3;
async function getLeases(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const given = [...new URL(request2.url).searchParams].filter(([, value]) => value !== "");
    const names = leaseNames.safeParse(Object.fromEntries(given));
    if (!names.success || new Set(given.map(([name3]) => name3)).size < given.length)
      return problemAnswer({ status: 400, title: "Which leases is not clear", detail: `Any of ${LEASE_NAMES}, each once.` });
    const recorded = await recordAct(authority2, { action: "read_leases", filter: JSON.stringify(names.data) }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const selection2 = await selectionOf(names.data, deps);
    if (!selection2.ok) return selection2.error;
    const found2 = await callState(() => findLeases(selection2.value, MAX_LEASES2, deps));
    if (!found2.ok) return storeUnreachable();
    const { found: leases, unreachable: unreachable2 } = found2.value;
    return jsonAnswer({ leases: leases.map(shownLease), truncated: leases.length === MAX_LEASES2, unreachable: unreachable2 });
  });
}

// worker/routes/leases-revoke.ts
var UNCLEAR3 = {
  title: "What to end is not clear",
  detail: `A JSON object with one or more of ${LEASE_NAMES}; or "all": true. Besides: reason, dry_run, after.`
};
var MAX_LEASES3 = 1e3;
var MAX_COUNTED = 1e5;
var UNHEARD_MS = 2e4;
var NDJSON = "application/x-ndjson";
var place = strictObject({ ledger: string2().min(1).max(400), lease: string2().min(1).max(200) });
var revocation2 = strictObject({
  ...leaseNames.shape,
  all: literal(true).exactOptional(),
  reason: string2().min(1).max(256).exactOptional(),
  dry_run: boolean2().exactOptional(),
  /** Of a stream: goes on behind this lease. */
  after: place.exactOptional()
});
async function revokeLeases(request2, deps) {
  return asAuthority(request2, ["operator"], deps, async (authority2) => {
    const asked5 = await readRevocation(request2);
    if (!asked5.ok) return asked5.error;
    const { names, isDryRun, because, after } = asked5.value;
    const act2 = { action: isDryRun ? "read_leases" : "revoke_leases", filter: JSON.stringify(names), ...because };
    const recorded = await recordAct(authority2, act2, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const selection2 = await selectionOf(names, deps);
    if (!selection2.ok) return selection2.error;
    if (isDryRun) return wouldEnd(selection2.value, deps);
    const revoke2 = { authority: authority2, selection: selection2.value, after };
    return (request2.headers.get("accept") ?? "").includes(NDJSON) ? endInStream(revoke2, deps) : endAtOnce(revoke2, deps);
  });
}
async function readRevocation(request2) {
  const asked5 = await jsonBody(request2, revocation2, UNCLEAR3);
  if (!asked5.ok) return asked5;
  if (!saysWhat(asked5.value)) return err(problemAnswer({ status: 400, ...UNCLEAR3 }));
  const { all: _, reason: reason3, dry_run: isDryRun = false, after, ...names } = asked5.value;
  return ok({ names, isDryRun, after, because: reason3 === void 0 ? {} : { reason: reason3 } });
}
function saysWhat({ all: all2, reason: _reason, dry_run: _dryRun, after: _after, ...names }) {
  return all2 === true !== Object.keys(names).length > 0;
}
async function wouldEnd(selection2, deps) {
  const unreachable2 = [];
  const leases = [];
  const counts2 = { ends_at_upstream: 0, ends_at_introspection: 0, lives_on: 0, not_yet_minted: 0 };
  let count4 = 0;
  const walked = await callState(async () => {
    for await (const found2 of eachLease(selection2, { after: void 0, unreachable: unreachable2 }, deps)) {
      if (count4 === MAX_COUNTED) return false;
      count4++;
      const effect = effectOf(found2);
      counts2[effect] = (counts2[effect] ?? 0) + 1;
      if (leases.length < MAX_LEASES3) leases.push({ ...shownLease(found2), effect });
    }
    return true;
  });
  if (!walked.ok) return storeUnreachable();
  return jsonAnswer({ dry_run: true, count: count4, effects: counts2, leases, truncated: count4 > leases.length || !walked.value, unreachable: unreachable2 });
}
async function endAtOnce({ authority: authority2, selection: selection2 }, deps) {
  const found2 = await callState(() => findLeases(selection2, MAX_LEASES3, deps));
  if (!found2.ok) return storeUnreachable();
  const { found: leases, unreachable: unreachable2 } = found2.value;
  const all2 = [];
  const tally = await endLeases({ leases: iterate(leases), onEnded: (ended) => void all2.push(ended), isStopped: () => false }, deps);
  const truncated = leases.length === MAX_LEASES3;
  await recordOutcome(authority2, { ...tally, complete: !truncated && unreachable2.length === 0 }, deps);
  const ids = (wanted) => all2.filter(wanted).map(({ lease }) => lease.id);
  return jsonAnswer({
    ended: ids(({ outcome }) => outcome !== "failed"),
    failed: ids(({ outcome }) => outcome === "failed"),
    lives_on: ids(({ detail }) => detail === "lives_on"),
    truncated,
    unreachable: unreachable2
  });
}
async function* iterate(leases) {
  yield* leases;
}
function endInStream(revoke2, deps) {
  let hungUpAt;
  const body = new ReadableStream({
    start: (controller) => {
      const encoder2 = new TextEncoder();
      const isHeard = () => hungUpAt === void 0 && controller.desiredSize !== null;
      const write2 = (line2) => {
        if (isHeard()) controller.enqueue(encoder2.encode(`${JSON.stringify(line2)}
`));
      };
      const isStopped2 = () => hungUpAt !== void 0 && deps.nowMs() - hungUpAt >= UNHEARD_MS;
      const over = endAndTell(revoke2, { write: write2, isStopped: isStopped2 }, deps).then(() => {
        if (isHeard()) controller.close();
      });
      deps.afterAnswer(over);
    },
    cancel: () => {
      hungUpAt = deps.nowMs();
    }
  });
  return new Response(body, { headers: { "content-type": NDJSON, "cache-control": "no-store" } });
}
async function endAndTell({ authority: authority2, selection: selection2, after }, { write: write2, isStopped: isStopped2 }, deps) {
  const unreachable2 = [];
  const onEnded = (one) => write2(lineOf(one));
  const ended = await callState(() => endLeases({ leases: eachLease(selection2, { after, unreachable: unreachable2 }, deps), onEnded, isStopped: isStopped2 }, deps));
  if (!ended.ok) return write2({ type: "summary", complete: false, problem: "The policy store cannot be reached.", unreachable: unreachable2 });
  const { last, ...counts2 } = ended.value;
  const outcome = { ...counts2, complete: counts2.complete && unreachable2.length === 0 };
  await recordOutcome(authority2, outcome, deps);
  const goOn = counts2.complete || last === void 0 ? {} : { after: last };
  write2({ type: "summary", ...outcome, ...goOn, unreachable: unreachable2 });
}
function lineOf({ ledger, lease, outcome, detail }) {
  const { id: id5, grant: grant2, workload: workload2, connection: connection6, kind, expiresAt } = lease;
  return {
    type: outcome,
    lease: id5,
    ledger,
    grant: grant2,
    workload: workload2,
    connection: connection6,
    kind,
    detail,
    expires_at: formatInstant(expiresAt)
  };
}
async function recordOutcome({ name: name3, proof: { jti } }, { last: _, ...tally }, deps) {
  const entry = { type: "revocation", by: name3, ...jti === void 0 ? {} : { jti }, ...tally };
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry));
}

// shared/ledger-filter.ts
var FILTER_MEMBERS = {
  workload: "workload",
  grant: "grant",
  run: "run_id",
  type: "type",
  lease: "lease",
  decision: "decision"
};
var FILTER_NAMES = ["workload", "grant", "run", "type", "lease", "decision"];
function matches2(entry, filter) {
  const { since, until } = filter;
  const at3 = String(entry.at);
  if (since !== void 0 && at3 < since) return false;
  if (until !== void 0 && at3 > until) return false;
  return FILTER_NAMES.every((name3) => filter[name3] === void 0 || entry[FILTER_MEMBERS[name3]] === filter[name3]);
}
var TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
function instantText(text8) {
  const ms = TIME.test(text8) ? Date.parse(text8) : Number.NaN;
  return Number.isNaN(ms) ? void 0 : new Date(ms).toISOString();
}

// worker/checkpoint.ts
import { createHash as createHash5 } from "node:crypto";

// shared/checkpoint.ts
function ledgerLines(ledgers) {
  const sorted = [...ledgers].sort((a, b) => a.ledger < b.ledger ? -1 : a.ledger > b.ledger ? 1 : 0);
  return sorted.map(({ ledger, seq, hash }) => `${ledger} ${seq} ${hash}
`).join("");
}
function othersDigest(ledgers, sha256Base642) {
  return sha256Base642(ledgerLines(ledgers.filter(({ ledger }) => ledger !== AUTHORITY_LEDGER)));
}
function checkpointBody(origin2, ledgers, sha256Base642) {
  const lines = ledgerLines(ledgers);
  const entries = ledgers.reduce((sum, { seq }) => sum + seq, 0);
  return `${origin2}
${entries}
${sha256Base642(lines)}
${lines}`;
}
function signedNote(body, signature) {
  return `${body}
— ${signature.keyName} ${signature.blob}
`;
}
var ED25519_ALGORITHM = 1;
var KEY_ID_BYTES = 4;
function noteKeyId(keyName3, publicKey, sha2562) {
  const name3 = Array.from(keyName3, (character2) => character2.charCodeAt(0));
  return sha2562(new Uint8Array([...name3, 10, ED25519_ALGORITHM, ...publicKey])).slice(0, KEY_ID_BYTES);
}

// worker/checkpoint.ts
var LEDGERS_AT_ONCE2 = 6;
var MAX_ROUNDS = 5;
var sha256Base64 = (text8) => createHash5("sha256").update(text8).digest("base64");
async function signedCheckpoint(deps) {
  const key = await deps.keys.checkpointKey();
  const keyName3 = new URL(deps.config.origin).host;
  const body = checkpointBody(deps.config.origin, await recordedState(deps), sha256Base64);
  const signature = await key.sign(new TextEncoder().encode(body));
  const keyId = noteKeyId(keyName3, key.publicKey, (bytes) => new Uint8Array(createHash5("sha256").update(bytes).digest()));
  return signedNote(body, { keyName: keyName3, blob: new Uint8Array([...keyId, ...signature]).toBase64() });
}
async function recordedState(deps) {
  const authorities2 = deps.ledger(AUTHORITY_LEDGER);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const since = (await authorities2.head()).seq;
    const others = await headsOfOthers(deps);
    const facts = { others: othersDigest(others, sha256Base64), ledgers: others.length };
    const head = await authorities2.recordCheckpoint({ ledger: AUTHORITY_LEDGER, facts, since });
    if (head !== "overtaken") return [...others, { ledger: AUTHORITY_LEDGER, ...head }];
  }
  throw new Error(`${MAX_ROUNDS} times another checkpoint was recorded first`);
}
async function headsOfOthers(deps) {
  const names = (await deps.policyStore().ledgers()).filter((name3) => name3 !== AUTHORITY_LEDGER);
  const states = [];
  for (let start = 0; start < names.length; start += LEDGERS_AT_ONCE2) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE2);
    const heads = await Promise.all(batch.map((name3) => deps.ledger(name3).head()));
    states.push(...batch.map((ledger, index) => ({ ledger, seq: heads[index]?.seq ?? 0, hash: heads[index]?.hash ?? "" })));
  }
  return states.filter(({ seq }) => seq > 0);
}

// worker/find-entries.ts
var MAX_LEDGERS = 200;
var MAX_PAGE_CHARACTERS = 8e6;
async function findEntries({ after, limit, filter, ledger }, deps) {
  const known = [...await deps.policyStore().ledgers()].sort();
  const names = known.filter((name3) => name3 >= after.ledger && (ledger === void 0 || name3 === ledger));
  const lines = [];
  let characters = 0;
  for (const [index, name3] of names.entries()) {
    const from = name3 === after.ledger ? after.seq : 0;
    const found2 = await deps.ledger(name3).search({ after: from, limit: limit - lines.length, ...searchOf(filter) });
    for (const line2 of found2.lines.filter((one) => isWanted(one, filter))) {
      lines.push(line2);
      characters += line2.length;
    }
    const isLast = index === names.length - 1;
    if (!found2.isEnd) return { lines, next: { ledger: name3, seq: found2.last } };
    const isFull = lines.length >= limit || characters >= MAX_PAGE_CHARACTERS;
    if (!isLast && (isFull || index + 1 >= MAX_LEDGERS)) return { lines, next: { ledger: name3, seq: found2.last } };
  }
  return { lines };
}
function searchOf({ since, until, ...filter }) {
  const members4 = FILTER_NAMES.flatMap((name3) => {
    const value = filter[name3];
    return value === void 0 ? [] : [[FILTER_MEMBERS[name3], value]];
  });
  return { members: Object.fromEntries(members4), ...since === void 0 ? {} : { since }, ...until === void 0 ? {} : { until } };
}
function isWanted(line2, filter) {
  if (Object.keys(filter).length === 0) return true;
  const entry = JSON.parse(line2);
  return isJsonObject(entry) && matches2(entry, filter);
}

// worker/routes/ledger.ts
var DEFAULT_LIMIT = 1e3;
var MAX_LIMIT = 1e4;
var AFTER = /^(.{1,400}):([0-9]{1,15})$/;
async function getLedger(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const url2 = new URL(request2.url);
    const query = readQuery(url2.searchParams);
    if (!query.ok) return problemAnswer({ status: 400, title: "What to read is not clear", detail: query.error });
    const { ledger, filter } = query.value;
    const asked5 = { ...ledger === void 0 ? {} : { ledger }, ...filter };
    const facts = Object.keys(asked5).length === 0 ? {} : { filter: JSON.stringify(asked5) };
    const recorded = await recordAct(authority2, { action: "read_ledger", ...facts }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const page = await callState(() => findEntries(query.value, deps));
    if (!page.ok) return problemAnswer({ status: 503, title: "A ledger cannot be reached", headers: { "retry-after": "5" } });
    const { lines, next } = page.value;
    const link = next === void 0 ? {} : { link: `<${linkTo(url2, next)}>; rel="next"` };
    const headers = { "content-type": "application/x-ndjson", "cache-control": "no-store", ...link };
    return new Response(lines.map((line2) => `${line2}
`).join(""), { headers });
  });
}
async function getCheckpoint(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "read_checkpoint" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const note = await callState(() => signedCheckpoint(deps));
    if (note.ok) return new Response(note.value, { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
    return problemAnswer({ status: 503, title: "The checkpoint cannot be made at the moment", headers: { "retry-after": "5" } });
  });
}
var text4 = string2().min(1).max(400);
var time3 = string2().transform((value, context) => {
  const instant3 = instantText(value);
  if (instant3 !== void 0) return instant3;
  context.issues.push({ code: "custom", input: value, message: "a date such as 2026-11-22, or a time such as 2026-11-22T02:00:00Z" });
  return NEVER;
});
var parameters = strictObject({
  after: string2().regex(AFTER, "<ledger>:<seq>"),
  limit: string2().regex(/^[0-9]{1,6}$/).transform(Number).pipe(int().min(1).max(MAX_LIMIT)),
  ledger: text4,
  since: time3,
  until: time3,
  workload: text4,
  grant: text4,
  run: text4,
  type: text4,
  lease: text4,
  decision: text4
}).partial();
function readQuery(search2) {
  const given = [...search2].filter(([, value]) => value !== "");
  if (new Set(given.map(([name3]) => name3)).size < given.length) return err("A parameter is given twice.");
  const read3 = parameters.safeParse(Object.fromEntries(given));
  if (!read3.success) {
    const [issue2] = read3.error.issues;
    return err(
      `${issue2?.path.join(".") ?? ""}: ${issue2?.message ?? ""}. Parameters: ${Object.keys(parameters.shape).join(", ")}; limit at most ${MAX_LIMIT}.`
    );
  }
  const { after = "", limit = DEFAULT_LIMIT, ledger, ...filter } = read3.data;
  const [, place4 = "", seq = "0"] = AFTER.exec(after) ?? [];
  return ok({ after: { ledger: place4, seq: Number(seq) }, limit, filter, ...ledger === void 0 ? {} : { ledger } });
}
function linkTo({ pathname, searchParams }, { ledger, seq }) {
  const next = new URLSearchParams(searchParams);
  next.set("after", `${ledger}:${seq}`);
  return `${pathname}?${next}`;
}

// worker/exposition.ts
var EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";
function expositionText(metrics) {
  return metrics.flatMap(({ name: name3, type, help, samples }) => [
    `# HELP ${name3} ${escaped(help)}`,
    `# TYPE ${name3} ${type}`,
    ...samples.map(({ labels, value }) => `${name3}${labelText(labels)} ${value}`)
  ]).map((line2) => `${line2}
`).join("");
}
function labelText(labels) {
  const pairs = Object.entries(labels).map(([name3, value]) => `${name3}="${escaped(value).replaceAll('"', '\\"')}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
function escaped(text8) {
  return text8.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

// worker/metrics.ts
var COUNTED = "counted";
var COUNTERS = {
  jobpass_entries_total: ["Entries of a ledger, by type.", counted2(({ type }) => ({ type }))],
  jobpass_issued_total: ["Credentials handed over.", counted2(({ grant: grant2, kind }) => ({ grant: grant2, kind }), "issued")],
  jobpass_refused_total: ["Refusals of verified callers inside the fence.", refused4],
  jobpass_failed_total: [
    "Admitted exchanges that handed nothing over.",
    counted2(({ grant: grant2, kind, code }) => ({ grant: grant2, kind, code }), "failed")
  ],
  jobpass_ended_total: [
    "Leases that are over, by how they ended and what became of the credential.",
    counted2(
      ({ type, grant: grant2, kind, code }) => ({ how: type, grant: grant2, kind, credential_end: code }),
      "returned",
      "revoked",
      "expired",
      "orphaned"
    )
  ],
  jobpass_end_failed_total: [
    "Credentials that an upstream did not end at the first try.",
    counted2(({ grant: grant2, code }) => ({ grant: grant2, code }), "end_failed")
  ],
  jobpass_authority_calls_total: ["Calls of publishers, operators and auditors.", authorityCalls]
};
var GAUGES = {
  jobpass_info: [
    "The version of the broker and the active policy; always 1.",
    ({ health }) => [{ labels: { version: VERSION, policy: health.policy ?? "" }, value: 1 }]
  ],
  jobpass_healthy: ["1 when an exchange could be served, as /healthz says.", ({ health }) => [bare(health.problems.length === 0 ? 1 : 0)]],
  jobpass_health_problem: [
    "One for each reason why no exchange, or not every one, could be served.",
    ({ health }) => health.problems.map(({ code, detail }) => ({ labels: { code, detail }, value: 1 }))
  ],
  jobpass_freezes: ["Freezes in force, by what they stop.", freezes],
  jobpass_ledger_up: ["1 when the ledger answered; without it none of its other numbers are there.", up],
  jobpass_ledger_head: ["The number of the newest entry.", each(({ head }) => [bare(head)])],
  jobpass_ledger_uncounted: ["Entries that the counters do not have yet.", each(({ head, counted: upTo }) => [bare(head - upTo)])],
  jobpass_leases: ["Leases that are not over.", eachLeases(({ leases }) => leases)],
  jobpass_leases_recalled: ["Of them, those that shall end before their time.", eachLeases(({ recalled }) => recalled)],
  jobpass_leases_failing: ["Of them, those whose end has failed and is tried again.", eachLeases(({ failing }) => failing)],
  jobpass_lease_overdue_seconds: ["How long the oldest lease is past its end; the sweep does not end it.", overdue],
  jobpass_sink_lag_entries: ["Entries that a sink does not have yet.", eachSink(({ lag_entries }) => lag_entries)],
  jobpass_sink_lag_seconds: ["How long the oldest of them has waited.", eachSink(({ lag_seconds }) => lag_seconds)],
  jobpass_sink_failing_ledgers: ["Ledgers whose last try to ship failed.", eachSink(({ failing }) => failing)]
};
var METRIC_NAMES = [...Object.keys(COUNTERS), ...Object.keys(GAUGES)];
function metricsOf(measured) {
  const read3 = (type, described) => Object.entries(described).map(([name3, [help, samples]]) => ({ name: name3, type, help, samples: samples(measured) }));
  return [...read3("gauge", GAUGES), ...read3("counter", COUNTERS)];
}
function bare(value) {
  return { labels: {}, value };
}
function each(read3) {
  return (measured) => measured.ledgers.flatMap(
    ({ ledger, figures }) => figures === void 0 ? [] : read3(figures, measured).map(({ labels, value }) => ({ labels: { ledger, ...labels }, value }))
  );
}
function counted2(labelsOf, ...types) {
  return each(
    ({ sorts }) => summed(
      sorts.filter(({ type }) => types.length === 0 || types.includes(type)).map((sort) => ({ labels: labelsOf(sort), value: sort.entries }))
    )
  );
}
function refused4(measured) {
  return each(
    ({ sorts }) => summed(
      sorts.flatMap(({ type, grant: grant2, code, entries, refusals: refusals2 }) => {
        if (type === "refused") return [{ labels: { grant: grant2, code }, value: entries }];
        return type === "refusals_counted" ? [{ labels: { grant: "", code: COUNTED }, value: refusals2 }] : [];
      })
    )
  )(measured);
}
function authorityCalls({ ledgers }) {
  const sorts = ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)?.figures?.sorts ?? [];
  return summed(
    sorts.filter(({ type }) => type === "authority_used").map(({ code, entries }) => ({ labels: { action: code }, value: entries }))
  );
}
function summed(samples) {
  const sums = /* @__PURE__ */ new Map();
  for (const { labels, value } of samples) {
    const key = JSON.stringify(labels);
    sums.set(key, { labels, value: value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums.values()];
}
function freezes({ freezes: inForce }) {
  return summed(inForce.map(({ target: target2 }) => ({ labels: { target: target2 }, value: 1 })));
}
function up({ ledgers }) {
  return ledgers.map(({ ledger, figures }) => ({ labels: { ledger }, value: figures === void 0 ? 0 : 1 }));
}
function eachLeases(numberOf) {
  return each(({ leases }) => leases.map((count4) => ({ labels: { kind: count4.kind, state: count4.state }, value: numberOf(count4) })));
}
function overdue(measured) {
  return each(({ earliestEnd }, { nowMs }) => {
    const now2 = Math.floor(nowMs / 1e3);
    return [bare(earliestEnd === void 0 ? 0 : Math.max(0, now2 - earliestEnd))];
  })(measured);
}
function eachSink(numberOf) {
  return ({ sinks }) => sinks.map((lag) => ({ labels: { sink: lag.sink }, value: numberOf(lag) }));
}

// worker/sink-lag.ts
var LEDGERS_AT_ONCE3 = 6;
var NAMED = 100;
async function sinkLag(deps) {
  const names = await deps.policyStore().ledgers();
  const bySink = /* @__PURE__ */ new Map();
  const unreachable2 = [];
  for (let start = 0; start < names.length; start += LEDGERS_AT_ONCE3) {
    const some2 = names.slice(start, start + LEDGERS_AT_ONCE3);
    const answers = await Promise.allSettled(some2.map(async (ledger) => deps.ledger(ledger).sinks()));
    for (const [index, answer] of answers.entries()) {
      const ledger = some2[index] ?? "";
      if (answer.status === "rejected") unreachable2.push(ledger);
      else for (const status of answer.value) bySink.set(status.sink, [...bySink.get(status.sink) ?? [], { ledger, status }]);
    }
  }
  return { sinks: [...bySink].map(([sink, all2]) => lagOf(sink, all2, deps.nowMs())), unreachable: unreachable2 };
}
function lagOf(sink, all2, nowMs) {
  const behind = all2.filter(({ status }) => status.shipped !== status.head || status.error !== void 0).map(({ ledger, status }) => behindOf(ledger, status, nowMs)).sort((a, b) => b.lag_seconds - a.lag_seconds || b.lag_entries - a.lag_entries);
  return {
    sink,
    ledgers: all2.length,
    ledgers_behind: behind.length,
    lag_entries: behind.reduce((sum, { lag_entries }) => sum + lag_entries, 0),
    lag_seconds: behind[0]?.lag_seconds ?? 0,
    failing: behind.filter(({ error: error2 }) => error2 !== void 0).length,
    behind: behind.slice(0, NAMED)
  };
}
function behindOf(ledger, { shipped, head, oldestAtMs, tries, error: error2, nextTryMs }, nowMs) {
  return {
    ledger,
    shipped,
    head,
    lag_entries: Math.max(0, head - shipped),
    lag_seconds: oldestAtMs === void 0 ? 0 : Math.max(0, Math.floor((nowMs - oldestAtMs) / 1e3)),
    tries,
    ...error2 === void 0 ? {} : { error: error2 },
    ...nextTryMs === void 0 ? {} : { next_try: new Date(nextTryMs).toISOString() }
  };
}

// worker/take-figures.ts
var LEDGERS_AT_ONCE4 = 6;
var MAX_CALLS = 100;
async function takeFigures(deps) {
  const names = [...await deps.policyStore().ledgers()].sort();
  const taken = [];
  for (let start = 0; start < names.length; start += LEDGERS_AT_ONCE4) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE4);
    const answers = await Promise.allSettled(batch.map((ledger) => figuresOf(ledger, deps)));
    for (const [index, answer] of answers.entries()) {
      const ledger = batch[index] ?? "";
      taken.push(answer.status === "fulfilled" ? { ledger, figures: answer.value } : { ledger });
    }
  }
  return taken;
}
async function figuresOf(ledger, deps) {
  let figures = await deps.ledger(ledger).figures();
  for (let calls = 1; calls < MAX_CALLS && figures.counted < figures.head; calls++) figures = await deps.ledger(ledger).figures();
  return figures;
}

// worker/routes/metrics.ts
async function getMetrics(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "read_metrics" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const measured = await callState(() => measure(deps));
    if (!measured.ok) return storeUnreachable();
    const headers = { "content-type": EXPOSITION_TYPE, "cache-control": "no-store" };
    return new Response(expositionText(metricsOf(measured.value)), { headers });
  });
}
async function measure(deps) {
  const { freezes: freezes2 } = await deps.policyStore().activation();
  const [health, ledgers, { sinks }] = await Promise.all([currentHealth(deps), takeFigures(deps), sinkLag(deps)]);
  return { health, ledgers, sinks, freezes: freezes2, nowMs: deps.nowMs() };
}

// shared/wire.ts
var TOKEN_EXCHANGE_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
var ID_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:id_token";
var JWT_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:jwt";
var TOKEN_PARAMETERS = {
  grantType: "grant_type",
  subjectToken: "subject_token",
  subjectTokenType: "subject_token_type",
  audience: "audience",
  authorizationDetails: "authorization_details",
  ttl: "ttl",
  publicKey: "public_key",
  requestedTokenType: "requested_token_type",
  reason: "reason"
};
var REVOKE_PARAMETERS = { token: "token", tokenTypeHint: "token_type_hint", leaseId: "lease_id" };
var MAX_REASON_LENGTH = 256;
var word2 = string2().regex(/^[\x21-\x7e]{1,256}$/);
var tokenResponse = looseObject({
  /** Always one string: a compound credential is its JSON. Secret. */
  access_token: string2().min(1),
  issued_token_type: string2().startsWith("urn:"),
  token_type: string2().min(1),
  /** Whole seconds; an asked `ttl` that was clamped shows here. */
  expires_in: int().positive(),
  /** What was granted, after narrowing. */
  authorization_details: array(looseObject({ type: string2() })).length(1),
  kind: word2,
  lease_id: word2,
  policy: word2,
  /** `grant/0` */
  rule: word2
});
var wireReason = looseObject({
  rule: string2(),
  attribute: string2(),
  seen: string2().nullable(),
  hint: string2().optional(),
  expected: array(string2()).optional()
});
var errorBody = looseObject({
  error: string2(),
  error_description: string2().optional(),
  code: string2().optional(),
  decision_id: string2().optional(),
  reasons: array(wireReason).optional(),
  hint: string2().optional()
});

// shared/policy/language-automaton.ts
var SLASH2 = 47;
function compileSet(literals, wildcards, foldCase) {
  const masks = { start: 0n, accepting: 0n, loops: 0n, anys: 0n };
  const byUnit = /* @__PURE__ */ new Map();
  let bit = 1n;
  let width = 0;
  const next = () => {
    bit <<= 1n;
    width++;
  };
  const begin = () => {
    masks.start |= bit;
    next();
  };
  const unitAt2 = (unit) => {
    byUnit.set(unit, (byUnit.get(unit) ?? 0n) | bit);
    next();
  };
  const end = () => {
    masks.accepting |= bit >> 1n;
  };
  for (const text8 of literals) {
    begin();
    for (let index = 0; index < text8.length; index++) unitAt2(text8.charCodeAt(index));
    end();
  }
  for (const { text: text8 } of wildcards) {
    begin();
    for (const element of patternElements(text8, foldCase)) {
      if (typeof element === "number") {
        unitAt2(element);
        continue;
      }
      masks.loops |= bit;
      if (element === "any") masks.anys |= bit;
      next();
    }
    end();
  }
  const { start, accepting, loops, anys } = masks;
  const entered = new Map([...byUnit].map(([unit, literal3]) => [unit, literal3 | (unit === SLASH2 ? anys : loops)]));
  const enteredBy2 = (unit) => {
    const asFolded = foldCase && unit >= 65 && unit <= 90 ? unit + 32 : unit;
    return entered.get(asFolded) ?? (asFolded === SLASH2 ? anys : loops);
  };
  return { width, start, accepting, loops, foldCase, units: new Set(byUnit.keys()), enteredBy: enteredBy2 };
}

// shared/policy/language-shape.ts
function oneOf2(takes) {
  return { sort: "unit", takes };
}
function literal2(text8) {
  return sequence(...Array.from({ length: text8.length }, (_, index) => ({ sort: "unit", takes: text8.charCodeAt(index) })));
}
function sequence(...pieces) {
  return { sort: "sequence", pieces };
}
function choice(...pieces) {
  return { sort: "choice", pieces };
}
function some(piece) {
  return { sort: "some", piece };
}
function maybe(piece) {
  return { sort: "maybe", piece };
}
function times(count4, piece) {
  return sequence(...new Array(count4).fill(piece));
}
function part(name3, piece) {
  return { sort: "part", name: name3, piece };
}
function character(takes) {
  return choice(oneOf2(takes), sequence(oneOf2(HIGH_HALF), oneOf2(LOW_HALF)));
}
var HIGH_HALF = { admits: (unit) => unit >= 55296 && unit <= 56319 };
var LOW_HALF = { admits: (unit) => unit >= 56320 && unit <= 57343 };
function shapeOf(piece, name3 = "") {
  const numbering = { positions: [] };
  const { first, last } = place2(piece, name3, numbering);
  const positions = numbering.positions.map(({ follow: follow2, ...position }) => ({ ...position, follow: [...follow2] }));
  return { positions, first, last: new Set(last) };
}
function place2(piece, name3, numbering) {
  switch (piece.sort) {
    case "unit": {
      const position = numbering.positions.length;
      numbering.positions.push({ takes: piece.takes, part: name3, follow: /* @__PURE__ */ new Set() });
      return { first: [position], last: [position], isSkippable: false };
    }
    case "part":
      return place2(piece.piece, piece.name, numbering);
    case "maybe":
      return { ...place2(piece.piece, name3, numbering), isSkippable: true };
    case "some": {
      const fragment = place2(piece.piece, name3, numbering);
      join(fragment.last, fragment.first, numbering);
      return fragment;
    }
    case "choice": {
      const fragments = piece.pieces.map((inner) => place2(inner, name3, numbering));
      return {
        first: fragments.flatMap(({ first }) => first),
        last: fragments.flatMap(({ last }) => last),
        isSkippable: fragments.some(({ isSkippable }) => isSkippable)
      };
    }
    case "sequence":
      return piece.pieces.map((inner) => place2(inner, name3, numbering)).reduce((a, b) => follow(a, b, numbering), NOTHING2);
  }
}
var NOTHING2 = { first: [], last: [], isSkippable: true };
function follow(a, b, numbering) {
  join(a.last, b.first, numbering);
  return {
    first: a.isSkippable ? [...a.first, ...b.first] : a.first,
    last: b.isSkippable ? [...a.last, ...b.last] : b.last,
    isSkippable: a.isSkippable && b.isSkippable
  };
}
function join(from, to, { positions }) {
  for (const position of from) for (const next of to) positions[position]?.follow.add(next);
}
function takesUnit(takes, unit) {
  return typeof takes === "number" ? takes === unit : takes.admits(unit);
}
function hasShape({ positions, first, last }, text8) {
  let current = [];
  for (let index = 0; index < text8.length; index++) {
    const unit = text8.charCodeAt(index);
    const next = [];
    const enter = (reachable) => {
      for (const position of reachable) {
        const takes = positions[position]?.takes;
        if (takes !== void 0 && takesUnit(takes, unit) && !next.includes(position)) next.push(position);
      }
    };
    if (index === 0) enter(first);
    else for (const position of current) enter(positions[position]?.follow ?? []);
    if (next.length === 0) return false;
    current = next;
  }
  return current.some((position) => last.has(position));
}
function hasShapeKept() {
  const kept2 = /* @__PURE__ */ new Map();
  return (shape, text8) => {
    const ofShape = kept2.get(shape) ?? /* @__PURE__ */ new Map();
    kept2.set(shape, ofShape);
    const answer = ofShape.get(text8) ?? hasShape(shape, text8);
    ofShape.set(text8, answer);
    return answer;
  };
}

// shared/policy/language-search.ts
var MAX_TEXT_LENGTH = 1024;
var MAX_STEPS = { determinised: 5e4, byPosition: 5e5 };
var MAX_COMPARED = 200;
function search({ shape, all: all2, none: none2 }) {
  const product = productOf(shape, all2, none2);
  const first = run(product, "determinised");
  return first === "undecided" ? run(product, "byPosition") : first;
}
function productOf(shape, all2, none2) {
  let offset = 0n;
  const placed2 = [...all2, ...none2].map((track) => {
    const at3 = offset;
    const width = BigInt(track.set.width);
    offset += width;
    return { ...track, offset: at3, mask: (1n << width) - 1n << at3 };
  });
  const sum = (bits) => placed2.reduce((whole2, track) => whole2 | bits(track) << track.offset, 0n);
  const alphabet = unitsOf(shape, placed2);
  return {
    shape,
    start: sum(({ set }) => set.start),
    loops: sum(({ set }) => set.loops),
    accepting: sum(({ set }) => set.accepting),
    wanted: placed2.slice(0, all2.length).map(({ mask }) => mask),
    unwanted: placed2.slice(all2.length).reduce((whole2, { mask }) => whole2 | mask, 0n),
    letters: lettersOf(shape, placed2, alphabet)
  };
}
function lettersOf(shape, tracks2, alphabet) {
  const classes = classesOf(shape);
  const made = /* @__PURE__ */ new Map();
  return shape.positions.map(({ takes, part: part2 }) => {
    const reading = tracks2.filter((track) => track.part === void 0 || track.part === part2);
    const kept2 = tracks2.filter((track) => !reading.includes(track)).reduce((whole2, { mask }) => whole2 | mask, 0n);
    const key = `${part2} ${typeof takes === "number" ? takes : `class ${classes.indexOf(takes)}`}`;
    const known = made.get(key);
    if (known !== void 0) return known;
    const letters = /* @__PURE__ */ new Map();
    for (const unit of typeof takes === "number" ? [takes] : alphabet.filter((candidate) => takesUnit(takes, candidate))) {
      const entered = reading.reduce((whole2, { set, offset }) => whole2 | set.enteredBy(unit) << offset, 0n);
      if (!letters.has(entered)) letters.set(entered, { unit, entered, kept: kept2 });
    }
    made.set(key, [...letters.values()]);
    return [...letters.values()];
  });
}
function run(product, method) {
  const seen = { exact: /* @__PURE__ */ new Set(), byPosition: /* @__PURE__ */ new Map() };
  let steps = 0;
  let level = successors({ positions: product.shape.first, state: product.start, before: void 0 }, product, method);
  for (let length = 1; length <= MAX_TEXT_LENGTH && level.length > 0; length++) {
    const next = [];
    for (const node2 of level) {
      if (isAccepted(node2, product)) return foundAt(node2, product.shape);
      if (!isNew(node2, product, seen)) continue;
      const positions = product.shape.positions[node2.position]?.follow ?? [];
      next.push(...successors({ positions, state: node2.state, before: node2 }, product, method));
    }
    steps += next.length;
    if (steps > MAX_STEPS[method]) return "undecided";
    level = next;
  }
  return "none";
}
function successors({ positions, state, before }, product, method) {
  const moving = state << 1n | state & product.loops;
  const nodes = [];
  for (const position of positions) {
    for (const { unit, entered, kept: kept2 } of product.letters[position] ?? []) {
      const next = moving & entered | state & kept2;
      if (product.wanted.some((mask) => (next & mask) === 0n)) continue;
      for (const one of method === "determinised" ? [next] : onePositionEach(next, product))
        nodes.push({ position, state: one, unit, before });
    }
  }
  return nodes;
}
function onePositionEach(state, { wanted, unwanted }) {
  return wanted.reduce(
    (ways, mask) => singleBits(state & mask).flatMap((bit) => ways.map((way) => way | bit)),
    [state & unwanted]
  );
}
function singleBits(set) {
  const bits = [];
  for (let rest = set; rest !== 0n; rest &= rest - 1n) bits.push(rest & -rest);
  return bits;
}
function isAccepted({ position, state }, { shape, accepting, wanted, unwanted }) {
  const ending = state & accepting;
  return shape.last.has(position) && (ending & unwanted) === 0n && wanted.every((mask) => (ending & mask) !== 0n);
}
function foundAt(node2, shape) {
  const units = [];
  const parts = /* @__PURE__ */ new Map();
  for (let at3 = node2; at3 !== void 0; at3 = at3.before) {
    units.push(at3.unit);
    const name3 = shape.positions[at3.position]?.part ?? "";
    const part2 = parts.get(name3);
    if (part2 === void 0) parts.set(name3, [at3.unit]);
    else part2.push(at3.unit);
  }
  return { text: textOf2(units), parts: new Map([...parts].map(([name3, part2]) => [name3, textOf2(part2)])) };
}
function textOf2(reversed) {
  return reversed.map((unit) => String.fromCharCode(unit)).reverse().join("");
}
function isNew({ position, state }, { unwanted }, { exact: exact2, byPosition }) {
  const key = `${position},${state.toString(32)}`;
  if (exact2.has(key)) return false;
  exact2.add(key);
  const known = byPosition.get(position) ?? [];
  const ways = state & ~unwanted;
  const traps = state & unwanted;
  for (let index = Math.max(0, known.length - MAX_COMPARED); index < known.length; index++) {
    const earlier = known[index] ?? 0n;
    if ((ways & ~earlier) === 0n && (earlier & unwanted & ~traps) === 0n) return false;
  }
  known.push(state);
  byPosition.set(position, known);
  return true;
}
var FRESH = `xyzabcdefghijklmnopqrstuvw1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.+~!#$%&'(),:;<=>?@[]^{|}"\\ \``;
var FIRST_BEYOND_ASCII = 224;
var SURROGATES = [55357, 56832];
var SLASH3 = 47;
function unitsOf(shape, tracks2) {
  const named4 = namedUnits(shape, tracks2);
  const classes = classesOf(shape);
  const fresh = /* @__PURE__ */ new Map();
  for (const unit of freshUnits(/* @__PURE__ */ new Set([...named4, ...otherCases(tracks2)]))) {
    const signature = classes.map((unitClass) => unitClass.admits(unit) ? "1" : "0").join("");
    if (!fresh.has(signature)) fresh.set(signature, unit);
  }
  const pleasant = [...named4].sort((a, b) => pleasantness(a) - pleasantness(b) || a - b);
  return [...fresh.values(), ...pleasant];
}
function classesOf(shape) {
  return [...new Set(shape.positions.flatMap(({ takes }) => typeof takes === "number" ? [] : [takes]))];
}
function namedUnits(shape, tracks2) {
  const named4 = /* @__PURE__ */ new Set([SLASH3]);
  for (const { takes } of shape.positions) if (typeof takes === "number") named4.add(takes);
  for (const { set } of tracks2) for (const unit of set.units) named4.add(unit);
  if (tracks2.some(({ set }) => !set.foldCase)) for (const unit of otherCases(tracks2)) named4.add(unit);
  return named4;
}
function otherCases(tracks2) {
  const folded2 = tracks2.flatMap(({ set }) => set.foldCase ? [...set.units] : []);
  return folded2.filter((unit) => unit >= 97 && unit <= 122).map((unit) => unit - 32);
}
function freshUnits(named4) {
  const ascii = Array.from({ length: FRESH.length }, (_, index) => FRESH.charCodeAt(index)).filter((unit) => !named4.has(unit));
  return [...ascii, ...[FIRST_BEYOND_ASCII, ...SURROGATES].map((first) => firstFree(first, named4))];
}
function firstFree(first, named4) {
  let unit = first;
  while (named4.has(unit)) unit++;
  return unit;
}
function pleasantness(unit) {
  if (unit >= 97 && unit <= 122) return 0;
  if (unit >= 48 && unit <= 57) return 1;
  return unit >= 65 && unit <= 90 ? 2 : 3;
}

// shared/policy/language.ts
function textSet(patterns2) {
  const foldCase = patterns2[0]?.foldCase ?? false;
  const exact2 = patterns2.filter(({ automaton: automaton2, text: text8 }) => automaton2 === void 0 && text8 !== "" && !hasControlCharacter(text8));
  const wildcards = patterns2.filter(({ automaton: automaton2 }) => automaton2 !== void 0);
  const literals = new Set(exact2.map(({ text: text8 }) => folded(text8, foldCase)));
  const wild = [...new Set(wildcards.map(({ text: text8 }) => folded(text8, foldCase)))].sort();
  let automaton;
  return {
    key: JSON.stringify([foldCase, [...literals].sort(), wild]),
    foldCase,
    texts: exact2.map(({ text: text8 }) => text8),
    wildcards,
    literals,
    automaton: () => {
      automaton ??= compileSet([...literals], wildcards, foldCase);
      return automaton;
    }
  };
}
function holdsText({ literals, wildcards, foldCase }, text8) {
  if (literals.has(folded(text8, foldCase))) return true;
  for (const pattern2 of wildcards) if (matches(pattern2, text8)) return true;
  return false;
}
function folded(text8, foldCase) {
  return foldCase ? text8.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text8;
}
function isEmptySet({ literals, wildcards }) {
  return literals.size === 0 && wildcards.length === 0;
}
function patternsLeft(all2, none2) {
  if (none2.length === 0) return all2;
  const excluded = new Set(none2.flatMap(({ wildcards, foldCase }) => wildcards.map(({ text: text8 }) => `${foldCase} ${text8}`)));
  return all2.map((set) => {
    const isLeft = ({ text: text8, foldCase }) => !excluded.has(`${foldCase} ${text8}`);
    if (set.wildcards.every(isLeft)) return set;
    return textSet([...exactPatterns2(set), ...set.wildcards.filter(isLeft)]);
  });
}
function together(sets) {
  if (sets.length < 2) return sets;
  return [true, false].flatMap((foldCase) => {
    const alike = sets.filter((set) => set.foldCase === foldCase);
    return alike.length < 2 ? alike : [textSet(alike.flatMap((set) => [...exactPatterns2(set), ...set.wildcards]))];
  });
}
function exactPatterns2({ texts, foldCase }) {
  return texts.map((text8) => ({ text: text8, foldCase }));
}
var TEXT = { admits: (unit) => (unit < 55296 || unit > 57343) && !hasControlCharacter(String.fromCharCode(unit)) };
var ANY_TEXT = shapeOf(some(character(TEXT)));
var ANY_UNITS = shapeOf(some(oneOf2({ admits: (unit) => !hasControlCharacter(String.fromCharCode(unit)) })));
function shortestText({ all: all2, none: none2, shape = ANY_TEXT }) {
  const tracks2 = (sets) => sets.map((set) => ({ set: set.automaton() }));
  return search({ shape, all: tracks2(all2), none: tracks2(together(none2)) });
}
function shortestTextKept() {
  const kept2 = /* @__PURE__ */ new Map();
  return (query) => {
    const { all: all2, none: none2, shape = ANY_TEXT } = query;
    const ofShape = kept2.get(shape) ?? /* @__PURE__ */ new Map();
    kept2.set(shape, ofShape);
    const key = JSON.stringify([all2.map((set) => set.key).sort(), none2.map((set) => set.key).sort()]);
    const outcome = ofShape.get(key) ?? shortestText(query);
    ofShape.set(key, outcome);
    return outcome;
  };
}

// shared/policy/witness-refs.ts
var isLetterOrDigit = (unit) => unit >= 97 && unit <= 122 || unit >= 48 && unit <= 57 || unit >= 65 && unit <= 90;
var TEXT_UNIT = {
  admits: (unit) => (unit < 55296 || unit > 57343) && !hasControlCharacter(String.fromCharCode(unit))
};
var REF_UNIT = { admits: (unit) => TEXT_UNIT.admits(unit) && !" ~^:?*[\\/.".includes(String.fromCharCode(unit)) };
var COMPONENT = sequence(some(sequence(character(REF_UNIT), maybe(some(sequence(literal2("."), character(REF_UNIT)))))));
var REF_NAME = sequence(maybe(some(sequence(COMPONENT, maybe(literal2(".")), literal2("/")))), COMPONENT);
var BRANCH = sequence(literal2("refs/heads/"), REF_NAME);
var TAG = sequence(literal2("refs/tags/"), REF_NAME);

// shared/policy/witness-github-facts.ts
var REF_FORMS = ["branch", "tag", "pull", "none"];
var REFS_OF_EVENT = /* @__PURE__ */ new Map([
  ["push", ["branch", "tag"]],
  ["create", ["branch", "tag"]],
  ["workflow_dispatch", ["branch", "tag"]],
  ["release", ["tag"]],
  ["pull_request", ["pull"]],
  ["pull_request_review", ["pull"]],
  ["pull_request_review_comment", ["pull"]],
  ["deployment", ["branch", "tag", "none"]],
  ["deployment_status", ["branch", "tag", "none"]]
]);
var BRANCH_EVENTS = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "delete",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "project",
  "project_card",
  "project_column",
  "public",
  "pull_request_target",
  "repository_dispatch",
  "schedule",
  "watch",
  "workflow_run"
];
function refsOf(event) {
  return REFS_OF_EVENT.get(event) ?? (BRANCH_EVENTS.includes(event) ? ["branch"] : REF_FORMS);
}
function branchesNamed(event) {
  if (event === "pull_request" || event === "pull_request_target") return "always";
  return refsOf(event).includes("pull") || event === "merge_group" ? "maybe" : "never";
}
var REF_TYPES = {
  branch: ["branch"],
  pull: ["branch"],
  tag: ["tag"],
  none: [void 0, "branch", "tag"]
};
var USUAL_FIRST = ["push", "workflow_dispatch", "release", "schedule", "pull_request", "pull_request_target"];
var EVENTS = [.../* @__PURE__ */ new Set([...USUAL_FIRST, ...EVENT_NAMES])];
var OWNER_UNIT = { admits: (unit) => isLetterOrDigit(unit) || unit === 45 || unit === 95 };
var NAME_UNIT = { admits: (unit) => OWNER_UNIT.admits(unit) || unit === 46 };
var DIGIT = { admits: (unit) => unit >= 48 && unit <= 57 };
var DIGIT_NOT_ZERO = { admits: (unit) => unit >= 49 && unit <= 57 };
var HEX_DIGIT = { admits: (unit) => DIGIT.admits(unit) || unit >= 97 && unit <= 102 };
var FILE_UNIT = { admits: (unit) => TEXT_UNIT.admits(unit) && unit !== 47 };
var REF = {
  branch: BRANCH,
  tag: TAG,
  pull: sequence(literal2("refs/pull/"), oneOf2(DIGIT_NOT_ZERO), maybe(some(oneOf2(DIGIT))), literal2("/merge"))
};
var COMMIT = times(40, oneOf2(HEX_DIGIT));
var REPOSITORY2 = sequence(some(oneOf2(OWNER_UNIT)), literal2("/"), some(oneOf2(NAME_UNIT)));
var FILE = choice(
  sequence(literal2("/.github/workflows/"), some(character(FILE_UNIT)), choice(literal2(".yml"), literal2(".yaml"))),
  sequence(literal2("/dynamic/"), some(character(TEXT_UNIT)))
);
var REPOSITORY_SHAPE = shapeOf(REPOSITORY2);
var BRANCH_NAME_SHAPE = shapeOf(REF_NAME);
var REF_SHAPES = {
  branch: shapeOf(REF.branch),
  tag: shapeOf(REF.tag),
  pull: shapeOf(REF.pull)
};
var workflowShape = (ref) => shapeOf(sequence(part("repository", REPOSITORY2), FILE, literal2("@"), part("ref", ref)));
var WORKFLOW_SHAPES = {
  branch: workflowShape(REF.branch),
  tag: workflowShape(REF.tag),
  pull: workflowShape(REF.pull),
  none: shapeOf(sequence(part("repository", REPOSITORY2), FILE, literal2("@"), part("commit", COMMIT)))
};
var CALLED_WORKFLOW_SHAPE = shapeOf(sequence(REPOSITORY2, FILE, literal2("@"), choice(REF.branch, REF.tag, REF.pull, COMMIT)));

// shared/policy/witness-github-payload.ts
var MAX_CLAIM_LENGTH2 = 1024;
function githubPayload(issuerUrl, run2) {
  const fact = (name3) => run2.get(name3) ?? "";
  const payload = {
    iss: issuerUrl,
    sub: subject(fact),
    repository: fact("repository"),
    repository_id: fact("repository_id"),
    repository_owner: fact("repository_owner"),
    repository_owner_id: fact("repository_owner_id"),
    event_name: fact("event_name"),
    ref: fact("ref"),
    ref_type: fact("ref_type"),
    head_ref: fact("head_ref"),
    base_ref: fact("base_ref"),
    workflow_ref: fact("workflow_ref"),
    repository_visibility: fact("repository_visibility"),
    ref_protected: fact("ref_protected"),
    runner_environment: fact("runner_environment"),
    run_attempt: fact("run_attempt"),
    actor: fact("actor"),
    actor_id: fact("actor_id"),
    sha: fact("sha"),
    workflow_sha: fact("workflow_sha"),
    job_workflow_sha: fact("job_workflow_sha"),
    job_workflow_ref: fact("job_workflow_ref"),
    run_id: "24766983965",
    run_number: "42",
    check_run_id: "72463523102",
    workflow: "ci"
  };
  run2.forEach((value, name3) => {
    payload[name3] = value;
  });
  if (payload.sub !== void 0 && payload.sub.length > MAX_CLAIM_LENGTH2) delete payload.sub;
  return payload;
}
function subject(fact) {
  const [owner3 = "", name3 = ""] = fact("repository").split("/");
  const escaped2 = (text8) => text8.replaceAll(":", "%3A");
  const start = `repo:${owner3}@${fact("repository_owner_id")}/${name3}@${fact("repository_id")}`;
  if (fact("environment") !== "") return `${start}:environment:${escaped2(fact("environment"))}`;
  return fact("event_name") === "pull_request" ? `${start}:pull_request` : `${start}:ref:${escaped2(fact("ref"))}`;
}

// shared/policy/witness-region.ts
var EVERYWHERE = { bounds: /* @__PURE__ */ new Map(), holding: /* @__PURE__ */ new Set(), usual: /* @__PURE__ */ new Map() };
var UNBOUNDED = { all: [], none: [] };
function within(region, tests) {
  const open2 = tests.filter(({ key }) => !region.holding.has(key));
  if (open2.length === 0) return region;
  const bounds = new Map(region.bounds);
  for (const { attribute: attribute2, set } of open2) {
    const old = bounds.get(attribute2);
    bounds.set(attribute2, old === void 0 ? aloneIn(set) : boundedBy(old, set));
  }
  const holding = new Set(region.holding);
  for (const { key } of open2) holding.add(key);
  return { bounds, holding, usual: region.usual };
}
function without2(region, { attribute: attribute2, set }) {
  const old = region.bounds.get(attribute2) ?? UNBOUNDED;
  const rest = old.rest?.filter((text8) => !holdsText(set, text8));
  const bounds = new Map(region.bounds).set(attribute2, { all: old.all, none: [...old.none, set], ...rest === void 0 ? {} : { rest } });
  return { bounds, holding: region.holding, usual: region.usual };
}
var alone = /* @__PURE__ */ new WeakMap();
function aloneIn(set) {
  const known = alone.get(set) ?? boundedBy(UNBOUNDED, set);
  alone.set(set, known);
  return known;
}
function boundedBy({ all: all2, none: none2, rest }, set) {
  const left = rest?.filter((text8) => holdsText(set, text8)) ?? textsLeft(set, all2, none2);
  return { all: [...all2, set], none: none2, ...left === void 0 ? {} : { rest: left } };
}
function textsLeft(set, all2, none2) {
  if (set.wildcards.length > 0) return void 0;
  return set.texts.filter((text8) => all2.every((other) => holdsText(other, text8)) && !none2.some((other) => holdsText(other, text8)));
}
function admits({ bounds }, attribute2, value) {
  const bound = bounds.get(attribute2);
  if (bound === void 0) return true;
  if (value === void 0 || value === "") return bound.all.length === 0;
  return bound.all.every((set) => holdsText(set, value)) && !bound.none.some((set) => holdsText(set, value));
}
function isNeeded({ bounds }, attribute2) {
  return (bounds.get(attribute2)?.all.length ?? 0) > 0;
}
function holdsFor({ attribute: attribute2, set }, run2) {
  const value = run2.get(attribute2);
  return value !== void 0 && holdsText(set, value);
}

// shared/policy/witness-values.ts
var USUAL_COMMIT = "a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4";
var counted3 = (first) => (index) => String(BigInt(first) + BigInt(index));
var named = (first) => (index) => index === 0 ? first : `${first}-${index}`;
var commits = (index) => index === 0 ? USUAL_COMMIT : index.toString(16).padStart(8, "0") + USUAL_COMMIT.slice(8);
function mostUsual(known) {
  return new Map(known.map(([attribute2, values]) => [attribute2, typeof values === "function" ? values(0) : values[0] ?? ""]));
}
function exactValue(region, attribute2, values = named("value")) {
  const rest = region.bounds.get(attribute2)?.rest;
  if (typeof values !== "function")
    return values.find((value) => rest === void 0 ? admits(region, attribute2, value) : rest.includes(value));
  if (rest !== void 0) return rest[0];
  for (let index = 0; ; index++) if (admits(region, attribute2, values(index))) return values(index);
}

// shared/policy/witness-github-values.ts
var USUAL_TEXTS = /* @__PURE__ */ new Map([
  ["ref", ["refs/heads/main", "refs/heads/feature", "refs/tags/v1.0.0", "refs/tags/v2.0.0", "refs/pull/7/merge"]],
  ["repository", ["octo-org/app", "octo-org/docs"]],
  ["head_ref", ["feature", "patch-1"]],
  ["base_ref", ["main", "develop"]],
  ["environment", ["production", "staging", "preview"]]
]);
function usualWorkflow(repository, ref) {
  return `${repository}/.github/workflows/ci.yml@${ref === "" ? USUAL_COMMIT : ref}`;
}
var ALWAYS = [
  ["repository_id", counted3("1217768983")],
  ["repository_owner_id", counted3("65000001")],
  ["repository_visibility", ["private", "internal", "public"]],
  ["ref_protected", ["true", "false"]],
  ["runner_environment", ["github-hosted", "self-hosted"]],
  ["run_attempt", counted3("1")],
  ["actor", named("octocat")],
  ["actor_id", counted3("583231")],
  ["sha", commits],
  ["workflow_sha", commits],
  ["job_workflow_sha", commits]
];
var VALUES = new Map([
  ...ALWAYS,
  ["environment_node_id", named("EN_kwDOSJX-184AAAABJcAh1w")],
  ["enterprise", named("octo-ent")],
  ["enterprise_id", counted3("4242")]
]);
var ALWAYS_THERE = mostUsual(ALWAYS);

// shared/policy/witness-search.ts
function startSeek(usual) {
  return { shortest: shortestTextKept(), fits: hasShapeKept(), usual };
}
function textValue(region, attribute2, { shape, seek }) {
  const bounds = region.bounds.get(attribute2);
  const isFit = (text8) => admits(region, attribute2, text8) && seek.fits(shape, text8);
  const usual = region.usual.get(attribute2)?.find(isFit);
  const candidate = usual ?? (bounds?.rest ?? seek.usual.get(attribute2) ?? []).find(isFit);
  if (candidate !== void 0) return { value: candidate };
  if (bounds?.rest !== void 0) return "none";
  const all2 = patternsLeft(bounds?.all ?? NO_SETS, bounds?.none ?? NO_SETS);
  if (all2.some(isEmptySet)) return "none";
  const example = all2.flatMap(({ wildcards }) => wildcards.slice(0, MAX_EXAMPLES).map(({ text: text8 }) => exampleOf(text8))).find(isFit);
  if (example !== void 0) return { value: example };
  const found2 = seek.shortest({ all: all2, none: bounds?.none ?? NO_SETS, shape });
  return typeof found2 === "string" ? found2 : { value: found2.text };
}
var NO_SETS = [];
var MAX_EXAMPLES = 20;
function exampleOf(pattern2) {
  return pattern2.replace(/\*\*?/g, "x");
}
function tracks({ bounds }, which, { attribute: attribute2, part: part2 }) {
  const { all: all2, none: none2 } = bounds.get(attribute2) ?? { all: NO_SETS, none: NO_SETS };
  const sets = which === "all" ? patternsLeft(all2, none2) : together(none2);
  return sets.map((set) => part2 === void 0 ? { set: set.automaton() } : { set: set.automaton(), part: part2 });
}
function keptFor(make) {
  const made = /* @__PURE__ */ new Map();
  return (key) => {
    const known = made.get(key);
    if (known !== void 0) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
function copyInto(facts, part2) {
  part2.forEach((value, name3) => {
    facts.set(name3, value);
  });
}

// shared/policy/witness-place.ts
function findPlace(region, form, { forms, seek }) {
  if (forms.refShape(form) === void 0 && isNeeded(region, "ref")) return "none";
  return region.bounds.has(forms.file) ? placeByFile(region, form, { forms, seek }) : placeByParts(region, form, { forms, seek });
}
function placeByParts(region, form, { forms, seek }) {
  const shape = forms.refShape(form);
  const ref = shape === void 0 ? { value: "" } : textValue(region, "ref", { shape, seek });
  if (typeof ref === "string") return ref;
  const repository = textValue(region, forms.repository, { shape: forms.repositoryShape, seek });
  if (typeof repository === "string") return repository;
  const [name3 = "", at3 = ""] = [repository.value, ref.value];
  return { repository: name3, ref: at3, file: forms.usualFile(name3, at3) };
}
function placeByFile(region, form, { forms, seek }) {
  const rest = region.bounds.get(forms.file)?.rest;
  if (rest !== void 0) {
    const places = rest.flatMap((file) => splits(file, form, { forms, seek }));
    return places.find(({ repository, ref }) => admits(region, forms.repository, repository) && admits(region, "ref", ref)) ?? "none";
  }
  const usual = placeByParts(region, form, { forms, seek });
  if (typeof usual === "string") return usual;
  if (admits(region, forms.file, usual.file)) return usual;
  const tracked = [{ attribute: forms.file }, { attribute: forms.repository, part: "repository" }, { attribute: "ref", part: "ref" }];
  const [all2, none2] = ["all", "none"].map((which) => tracked.flatMap((one) => tracks(region, which, one)));
  for (const shape of forms.fileShapes(form)) {
    const found2 = search({ shape, all: all2 ?? [], none: none2 ?? [] });
    if (found2 === "undecided") return found2;
    if (found2 !== "none") return { repository: found2.parts.get("repository") ?? "", ref: found2.parts.get("ref") ?? "", file: found2.text };
  }
  return "none";
}
function splits(file, form, { forms, seek }) {
  if (!forms.fileShapes(form).some((shape2) => seek.fits(shape2, file))) return [];
  const shape = forms.refShape(form);
  const refs = [];
  for (let at3 = file.indexOf("@"); at3 >= 0; at3 = file.indexOf("@", at3 + 1)) {
    const ref = file.slice(at3 + 1);
    if (shape === void 0) refs.push("");
    else if (seek.fits(shape, ref)) refs.push(ref);
  }
  return forms.repositoriesOf(file).flatMap((repository) => refs.map((ref) => ({ repository, ref, file })));
}

// shared/policy/witness-github.ts
function searchedOnGithub(condition) {
  if (condition.attribute !== "repository_owner") return condition;
  const patterns2 = condition.patterns.map(({ text: text8 }) => compilePattern(`${text8}/*`, { foldCase: true }));
  return { attribute: "repository", patterns: patterns2 };
}
function find(region, seek) {
  const independent = independentFacts(region, seek);
  if (typeof independent === "string") return independent;
  const placed2 = placeAndEvent(region, seek);
  if (typeof placed2 === "string") return placed2;
  const called = calledWorkflow(region, placed2.get("workflow_ref") ?? "", seek);
  if (typeof called === "string") return called;
  copyInto(placed2, independent);
  if (called.value !== void 0) placed2.set("job_workflow_ref", called.value);
  if (placed2.get("ref")?.startsWith("refs/pull/") === true && admits(region, "ref_protected", "false")) placed2.set("ref_protected", "false");
  return placed2;
}
function independentFacts(region, seek) {
  const facts = /* @__PURE__ */ new Map();
  const needsEnvironment = isNeeded(region, "environment") || isNeeded(region, "environment_node_id");
  const environment = needsEnvironment ? textValue(region, "environment", { shape: ANY_TEXT, seek }) : { value: void 0 };
  if (typeof environment === "string") return environment;
  if (environment.value !== void 0) facts.set("environment", environment.value);
  copyInto(facts, ALWAYS_THERE);
  for (const attribute2 of stated(region, environment.value !== void 0)) {
    if (github.attribute(attribute2) === void 0) return "none";
    const value = exactValue(region, attribute2, VALUES.get(attribute2));
    if (value === void 0) return "none";
    facts.set(attribute2, value);
  }
  return facts;
}
function stated({ bounds }, hasEnvironment) {
  const found2 = /* @__PURE__ */ new Set();
  for (const [attribute2, { all: all2 }] of bounds) {
    if (!FOUND_TOGETHER.has(attribute2) && (all2.length > 0 || ALWAYS_THERE.has(attribute2))) found2.add(attribute2);
  }
  if (hasEnvironment) found2.add("environment_node_id");
  if (ENTERPRISE.some((attribute2) => found2.has(attribute2))) for (const attribute2 of ENTERPRISE) found2.add(attribute2);
  return found2;
}
var ENTERPRISE = ["enterprise", "enterprise_id"];
var FOUND_TOGETHER = /* @__PURE__ */ new Set([
  "environment",
  "event_name",
  "ref",
  "ref_type",
  "repository",
  "workflow_ref",
  "job_workflow_ref",
  "head_ref",
  "base_ref"
]);
function placeAndEvent(region, seek) {
  const placeOf5 = keptFor((form) => factsOfPlace(region, form, seek));
  const branches = keptFor((named4) => pullRequestBranches(region, named4, seek));
  const left = region.bounds.get("event_name")?.rest;
  let failure2 = "none";
  for (const { event, form } of EVENTS_ON_REFS) {
    if (left === void 0 ? !admits(region, "event_name", event) : !left.includes(event)) continue;
    const named4 = branches(branchesNamed(event));
    const place4 = typeof named4 === "string" ? named4 : placeOf5(form);
    if (typeof named4 !== "string" && typeof place4 !== "string") return placedOn(event, place4, named4);
    if (place4 === "undecided") failure2 = "undecided";
  }
  return failure2;
}
function placedOn(event, ...parts) {
  const facts = /* @__PURE__ */ new Map();
  for (const part2 of parts) copyInto(facts, part2);
  return facts.set("event_name", event);
}
var EVENTS_ON_REFS = EVENTS.flatMap((event) => refsOf(event).map((form) => ({ event, form })));
function pullRequestBranches(region, named4, seek) {
  const facts = /* @__PURE__ */ new Map();
  for (const attribute2 of ["head_ref", "base_ref"]) {
    const isSought = named4 === "always" || isNeeded(region, attribute2);
    if (named4 === "never" && isSought) return "none";
    const found2 = isSought ? textValue(region, attribute2, { shape: BRANCH_NAME_SHAPE, seek }) : { value: void 0 };
    if (typeof found2 === "string") return found2;
    if (found2.value !== void 0) facts.set(attribute2, found2.value);
  }
  return facts;
}
var PLACES = {
  repository: "repository",
  file: "workflow_ref",
  repositoryShape: REPOSITORY_SHAPE,
  refShape: (form) => form === "none" ? void 0 : REF_SHAPES[form],
  fileShapes: (form) => [WORKFLOW_SHAPES[form]],
  usualFile: usualWorkflow,
  repositoriesOf: (file) => [file.split("/", 2).join("/")]
};
function factsOfPlace(region, form, seek) {
  const refType = REF_TYPES[form].find((type) => admits(region, "ref_type", type));
  if (refType === void 0 && !(form === "none" && admits(region, "ref_type", void 0))) return "none";
  const place4 = findPlace(region, form, { forms: PLACES, seek });
  if (typeof place4 === "string") return place4;
  const facts = /* @__PURE__ */ new Map([
    ["repository", place4.repository],
    ["repository_owner", github.ownerOf(place4.repository)],
    ["workflow_ref", place4.file]
  ]);
  if (place4.ref !== "") facts.set("ref", place4.ref);
  if (refType !== void 0) facts.set("ref_type", refType);
  return facts;
}
function calledWorkflow(region, workflow, seek) {
  if (admits(region, "job_workflow_ref", workflow)) return { value: workflow };
  return textValue(region, "job_workflow_ref", { shape: CALLED_WORKFLOW_SHAPE, seek });
}
function githubRuns() {
  const seek = startSeek(USUAL_TEXTS);
  return { find: (region) => find(region, seek), payload: githubPayload };
}

// shared/policy/witness-gitlab-facts.ts
var BRANCH_SOURCES = ["merge_request_event", "external_pull_request_event"];
function refsOf2(source) {
  return BRANCH_SOURCES.includes(source) ? ["branch"] : ["branch", "tag"];
}
function mayBeFork(source) {
  return source === "merge_request_event" || source === "parent_pipeline";
}
var USUAL_FIRST2 = ["push", "web", "schedule", "merge_request_event"];
var SOURCES = [.../* @__PURE__ */ new Set([...USUAL_FIRST2, ...PIPELINE_SOURCES])];
var FIRST_UNIT = { admits: (unit) => isLetterOrDigit(unit) || unit === 95 || unit === 46 };
var PATH_UNIT = { admits: (unit) => FIRST_UNIT.admits(unit) || unit === 45 };
var SERVER_UNIT = { admits: (unit) => TEXT_UNIT.admits(unit) && unit !== 47 && unit !== 64 };
var NAME2 = sequence(oneOf2(FIRST_UNIT), maybe(some(oneOf2(PATH_UNIT))));
var PROJECT2 = sequence(NAME2, some(sequence(literal2("/"), NAME2)));
var REF2 = { branch: BRANCH, tag: TAG };
var PROJECT_SHAPE = shapeOf(PROJECT2);
var REF_SHAPES2 = { branch: shapeOf(BRANCH), tag: shapeOf(TAG) };
var ANY_SERVER = some(character(SERVER_UNIT));
var configUri = (server, project, ref) => shapeOf(sequence(server, literal2("/"), project, literal2("//"), some(character(TEXT_UNIT)), literal2("@"), part("ref", ref)));
function configShapes(server) {
  const shapes = (ref) => [literal2(server), ANY_SERVER].map((piece) => configUri(piece, part("repository", PROJECT2), ref));
  return { branch: shapes(REF2.branch), tag: shapes(REF2.tag) };
}
var FORK_CONFIG_SHAPES = {
  branch: configUri(ANY_SERVER, PROJECT2, REF2.branch),
  tag: configUri(ANY_SERVER, PROJECT2, REF2.tag)
};
var USUAL_TEXTS2 = /* @__PURE__ */ new Map([
  ["ref", ["refs/heads/main", "refs/heads/feature", "refs/tags/v1.0.0", "refs/tags/v2.0.0"]],
  ["project_path", ["acme/app", "acme/docs"]],
  ["environment", ["production", "staging", "review"]]
]);
var ALWAYS2 = [
  ["project_id", counted3("4012345")],
  ["namespace_id", counted3("72")],
  ["project_visibility", ["private", "internal", "public"]],
  ["ref_protected", ["true", "false"]],
  ["runner_environment", ["gitlab-hosted", "self-hosted"]],
  ["runner_id", counted3("12270835")],
  ["user_login", named("ada")],
  ["user_id", counted3("1234")],
  ["user_access_level", named("maintainer")],
  ["sha", commits],
  ["ci_config_sha", commits]
];
var WITH_ENVIRONMENT = [
  ["environment_protected", ["true", "false"]],
  ["deployment_tier", ["production", "staging", "testing", "development", "other"]],
  ["environment_action", ["start", "prepare", "verify", "access", "stop"]]
];
var VALUES2 = new Map([...ALWAYS2, ...WITH_ENVIRONMENT]);
var ALWAYS_THERE2 = mostUsual(ALWAYS2);
var THERE_WITH_ENVIRONMENT = WITH_ENVIRONMENT.map(([attribute2]) => attribute2);

// shared/policy/witness-gitlab-payload.ts
var RUN = { pipeline_id: "1519139981", job_id: "8222997048", user_email: "ada@example.com" };
var MAX_CLAIM_LENGTH3 = 1024;
function gitlabPayload(issuerUrl, run2) {
  const fact = (name3) => run2.get(name3) ?? "";
  const ref = fact("ref").replace(/^refs\/(?:heads|tags)\//, "");
  const sub = `project_path:${fact("project_path")}:ref_type:${fact("ref_type")}:ref:${ref}`;
  const runner = Number(fact("runner_id"));
  return {
    iss: issuerUrl,
    ...sub.length > MAX_CLAIM_LENGTH3 ? {} : { sub },
    ...Object.fromEntries(run2),
    ref,
    ref_path: fact("ref"),
    ...Number.isSafeInteger(runner) && runner > 0 ? { runner_id: runner } : {},
    ...RUN
  };
}

// shared/policy/witness-gitlab.ts
function searchedOnGitlab(condition) {
  if (condition.attribute !== "namespace_path") return condition;
  const patterns2 = condition.patterns.map(({ text: text8 }) => compilePattern(`${text8}/*`, { foldCase: true }));
  return { attribute: "project_path", patterns: patterns2 };
}
function instanceOf2(issuerUrl) {
  const server = serverOf(issuerUrl);
  const shapes = configShapes(server);
  const forms = {
    repository: "project_path",
    file: "ci_config_ref_uri",
    repositoryShape: PROJECT_SHAPE,
    refShape: (form) => REF_SHAPES2[form],
    fileShapes: (form) => shapes[form],
    usualFile: (project, ref) => usualConfigUri(issuerUrl, project, ref),
    repositoriesOf: (uri) => {
      const path = uri.slice(0, Math.max(uri.indexOf("//"), 0));
      const starts = [server, path.slice(0, Math.max(path.indexOf("/"), 0))].filter((start) => path.startsWith(`${start}/`));
      return [...new Set(starts.map((start) => path.slice(start.length + 1)))].filter((project) => project.includes("/"));
    }
  };
  return { forms, seek: startSeek(USUAL_TEXTS2) };
}
function find2(region, instance) {
  const independent = independentFacts2(region, instance.seek);
  if (typeof independent === "string") return independent;
  const placed2 = placeAndSource(region, instance);
  if (typeof placed2 === "string") return placed2;
  copyInto(placed2, independent);
  return placed2;
}
var FOUND_TOGETHER2 = /* @__PURE__ */ new Set([
  "environment",
  "pipeline_source",
  "ref",
  "ref_type",
  "project_path",
  "namespace_path",
  "ci_config_ref_uri"
]);
function independentFacts2(region, seek) {
  const facts = /* @__PURE__ */ new Map();
  const needsEnvironment = ["environment", ...THERE_WITH_ENVIRONMENT].some((attribute2) => isNeeded(region, attribute2));
  if (needsEnvironment) {
    const environment = textValue(region, "environment", { shape: ANY_TEXT, seek });
    if (typeof environment === "string") return environment;
    if (environment.value !== void 0) facts.set("environment", environment.value);
  }
  copyInto(facts, ALWAYS_THERE2);
  for (const attribute2 of stated2(region, needsEnvironment)) {
    if (gitlab.attribute(attribute2) === void 0) return "none";
    const value = exactValue(region, attribute2, VALUES2.get(attribute2));
    if (value === void 0) return "none";
    facts.set(attribute2, value);
  }
  return facts;
}
function stated2({ bounds }, hasEnvironment) {
  const found2 = new Set(hasEnvironment ? THERE_WITH_ENVIRONMENT : []);
  for (const [attribute2, { all: all2 }] of bounds) {
    if (!FOUND_TOGETHER2.has(attribute2) && (all2.length > 0 || ALWAYS_THERE2.has(attribute2))) found2.add(attribute2);
  }
  return found2;
}
function placeAndSource(region, instance) {
  const placeOf5 = keptFor((form) => admits(region, "ref_type", form) ? findPlace(region, form, instance) : "none");
  const forkOf = keptFor((form) => admits(region, "ref_type", form) ? findFork(region, form, instance) : "none");
  const left = region.bounds.get("pipeline_source")?.rest;
  let failure2 = "none";
  for (const { source, form } of SOURCES_ON_REFS) {
    if (left === void 0 ? !admits(region, "pipeline_source", source) : !left.includes(source)) continue;
    const own2 = placeOf5(form);
    const place4 = own2 === "none" && mayBeFork(source) ? forkOf(form) : own2;
    if (typeof place4 !== "string") return factsOf(place4, source, form);
    if (place4 === "undecided") failure2 = "undecided";
  }
  return failure2;
}
var SOURCES_ON_REFS = SOURCES.flatMap((source) => refsOf2(source).map((form) => ({ source, form })));
function factsOf({ repository, ref, file }, source, form) {
  return /* @__PURE__ */ new Map([
    ["project_path", repository],
    ["namespace_path", gitlab.ownerOf(repository)],
    ["ref", ref],
    ["ref_type", form],
    ["ci_config_ref_uri", file],
    ["pipeline_source", source]
  ]);
}
function findFork(region, form, { seek }) {
  const project = textValue(region, "project_path", { shape: PROJECT_SHAPE, seek });
  if (typeof project === "string") return project;
  const tracked = [{ attribute: "ci_config_ref_uri" }, { attribute: "ref", part: "ref" }];
  const found2 = search({
    shape: FORK_CONFIG_SHAPES[form],
    all: tracked.flatMap((one) => tracks(region, "all", one)),
    none: tracked.flatMap((one) => tracks(region, "none", one))
  });
  return typeof found2 === "string" ? found2 : { repository: project.value ?? "", ref: found2.parts.get("ref") ?? "", file: found2.text };
}
function gitlabRuns(issuerUrl) {
  const instance = instanceOf2(issuerUrl);
  return { find: (region) => find2(region, instance), payload: gitlabPayload };
}

// shared/policy/witness.ts
var RUN_MODELS = { github: githubRuns, gitlab: gitlabRuns };
function runModels() {
  const made = /* @__PURE__ */ new Map();
  return ({ platform, url: url2 }) => {
    const key = `${platform.name} ${url2}`;
    const known = made.get(key);
    if (known !== void 0) return known;
    const model = RUN_MODELS[platform.name](url2);
    made.set(key, model);
    return model;
  };
}
function searchedFor(condition) {
  return searchedOnGitlab(searchedOnGithub(condition));
}
var MAX_PIECES = 2e4;
function findOutside(region, areas, model) {
  const pieces = [region];
  let searched = 0;
  for (let piece = pieces.pop(); piece !== void 0; piece = pieces.pop()) {
    if (++searched > MAX_PIECES) return "undecided";
    const run2 = model.find(piece);
    if (run2 === "undecided") return "undecided";
    if (run2 === "none") continue;
    const open2 = openTests(piece, areas, run2);
    if (open2 === void 0) return { run: run2, region: piece };
    pieces.push(...piecesOutside(piece, open2).reverse());
  }
  return "none";
}
function openTests({ holding }, areas, run2) {
  let best;
  for (const { tests } of areas) {
    if (!tests.every((test) => holdsFor(test, run2))) continue;
    const open2 = tests.filter(({ key }) => !holding.has(key));
    if (best === void 0 || open2.length < best.length) best = open2;
    if (open2.length === 0) break;
  }
  return best;
}
function piecesOutside(region, tests) {
  let holding = region;
  return tests.map((test) => {
    const piece = without2(holding, test);
    holding = within(holding, [test]);
    return piece;
  });
}

// shared/policy/plan-access.ts
var NO_ACCESS = { rules: [], guards: [], key: "" };
function startReading() {
  const byCondition = /* @__PURE__ */ new Map();
  const byWords = /* @__PURE__ */ new Map();
  const bySet = /* @__PURE__ */ new Map();
  const read3 = (condition) => {
    const words = wordsOf(condition);
    const known = byWords.get(words);
    if (known !== void 0) return known;
    const { attribute: attribute2, patterns: patterns2 } = searchedFor(condition);
    const set = textSet(patterns2);
    const setKey = `${attribute2} ${set.key}`;
    const test = bySet.get(setKey) ?? { attribute: attribute2, set, key: String(bySet.size) };
    bySet.set(setKey, test);
    byWords.set(words, test);
    return test;
  };
  const testOf2 = (condition) => {
    const known = byCondition.get(condition) ?? read3(condition);
    byCondition.set(condition, known);
    return known;
  };
  return { modelOf: runModels(), testOf: testOf2 };
}
function wordsOf({ attribute: attribute2, patterns: patterns2 }) {
  let words = attribute2;
  for (const { text: text8, foldCase, automaton } of patterns2) words += `
${foldCase ? "f" : ""}${automaton === void 0 ? "=" : "~"}${text8}`;
  return words;
}
function accessOf(policy, reading = startReading()) {
  const identities = /* @__PURE__ */ new Map();
  const identityOf = (workload2) => {
    const known = identities.get(workload2);
    if (known !== void 0) return known;
    const ways = identityConditions(workload2).map((conditions) => conditions.map((condition) => reading.testOf(condition)));
    identities.set(workload2, ways);
    return ways;
  };
  const guards = policy.guardrails.map(({ appliesTo, forbid }) => ({ appliesTo, area: guardArea(forbid, reading) }));
  return (grant2) => {
    const rules = grant2.rules.filter(({ workload: workload2 }) => !workload2.suspended).flatMap((rule) => identityOf(rule.workload).map((identity) => ruleArea(rule, identity, reading)));
    const above = guards.filter(({ appliesTo }) => appliesTo(grant2)).map(({ area }) => area);
    return { rules, guards: above, key: `${keyOf2(rules)} but ${keyOf2(above)}` };
  };
}
function keyOf2(items) {
  return [...new Set(items.map(({ key }) => key))].sort().join("|");
}
function ruleArea(rule, identity, { modelOf, testOf: testOf2 }) {
  const { issuer: issuer2 } = rule.workload;
  const model = modelOf(issuer2);
  const tests = uniqueTests([...identity, ...rule.conditions.map((condition) => testOf2(condition))]);
  return { issuer: issuer2, model, tests, key: `${issuer2.url} ${testsKey(tests)}`, rule };
}
function uniqueTests(tests) {
  return [...new Set(tests)].sort(
    (a, b) => a.set.wildcards.length - b.set.wildcards.length || a.set.literals.size - b.set.literals.size || (a.key < b.key ? -1 : 1)
  );
}
function guardArea(forbid, { testOf: testOf2 }) {
  const tests = uniqueTests(forbid.map((condition) => testOf2(condition)));
  return { tests, key: testsKey(tests) };
}
function testsKey(tests) {
  let text8 = "";
  for (const { key } of tests) text8 += `${key},`;
  return text8;
}
function identityConditions(workload2) {
  const { is, issuer: issuer2 } = workload2;
  const { roles } = issuer2.platform;
  const fence = exact(
    roles.ownerId,
    issuer2.owners.map(({ id: id5 }) => id5)
  );
  const isPinned = is.some(({ attribute: attribute2 }) => attribute2 === roles.repositoryId);
  if (!isPinned) return [[fence, ...is]];
  const kept2 = [fence, ...is.filter(({ attribute: attribute2 }) => attribute2 !== roles.repository && attribute2 !== roles.owner)];
  if (is.some(({ attribute: attribute2 }) => attribute2 === roles.ownerId)) return [kept2];
  const names = ownerNames(workload2);
  if (names.length === 0) return [kept2];
  const fenced = names.map((name3) => issuer2.owners.filter((owner3) => sameText(owner3.name, name3, true)).map(({ id: id5 }) => id5));
  const ids = fenced.flat();
  const unfenced = names.filter((_, index) => fenced[index]?.length === 0);
  return [
    ...ids.length > 0 ? [[...kept2, exact(roles.ownerId, ids)]] : [],
    ...unfenced.length > 0 ? [[...kept2, exact(roles.owner, unfenced, true)]] : []
  ];
}
function exact(attribute2, texts, foldCase = false) {
  return { attribute: attribute2, patterns: texts.map((text8) => compilePattern(text8, { foldCase, literal: true })) };
}

// shared/policy/lost-grants.ts
function lostGrants(base, head) {
  const reading = startReading();
  const [read3, readHead3] = [accessOf(base, reading), accessOf(head, reading)];
  const held2 = continuedIssuers(base, head);
  const known = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
  return base.grantNames.flatMap((name3) => {
    const [before, after] = [base.grant(name3), head.grant(name3)];
    if (after === void 0) return [{ grant: name3, how: "removed" }];
    const [old, next] = [before === void 0 ? void 0 : read3(before), readHead3(after)];
    if (old === void 0 || old.key === next.key && held2.isAll) return [];
    const isLost = !isReachable(next, held2.testsOf, known[1]) && isReachable(old, () => [], known[0]);
    return isLost ? [{ grant: name3, how: "unreachable" }] : [];
  });
}
function isReachable({ rules, guards, key }, testsOf, known) {
  const answer = known.get(key) ?? rules.some((area) => {
    const more = testsOf(area.issuer);
    return more !== void 0 && holdsSomeRun(area, more, guards);
  });
  known.set(key, answer);
  return answer;
}
function holdsSomeRun({ tests, model }, more, guards) {
  return findOutside(within(EVERYWHERE, [...tests, ...more]), guards, model) !== "none";
}
function continuedIssuers(base, head) {
  const tests = /* @__PURE__ */ new Map();
  let isAll = true;
  for (const [url2, after] of head.issuers) {
    const before = base.issuers.get(url2);
    if (before === void 0) continue;
    const stayed = before.owners.filter(({ id: id5 }) => after.owners.some((owner3) => owner3.id === id5)).map(({ id: id5 }) => id5);
    if (stayed.length === 0 || !believesAsBefore(before, after)) {
      isAll = false;
      continue;
    }
    tests.set(url2, stayed.length === after.owners.length ? [] : [ownerTest(stayed)]);
    if (stayed.length !== before.owners.length) isAll = false;
  }
  return { testsOf: ({ url: url2 }) => tests.get(url2), isAll };
}
function believesAsBefore(before, after) {
  if (before.audience !== after.audience) return false;
  if (before.jwks === void 0 || after.jwks === void 0) return true;
  const kept2 = new Set(before.jwks.keys.map((key) => canonicalJson(key)));
  return after.jwks.keys.some((key) => kept2.has(canonicalJson(key)));
}
function ownerTest(ids) {
  const set = textSet(ids.map((id5) => compilePattern(id5, { foldCase: false, literal: true })));
  return { attribute: "repository_owner_id", set, key: `stayed ${set.key}` };
}

// shared/policy/near-areas.ts
var FEW = 16;
var MAX_HEAD = 64;
var END = "\0";
function nearAreas(areas = []) {
  const all2 = [...areas];
  const byAttribute = /* @__PURE__ */ new Map();
  let indexed = 0;
  const near = (area) => {
    const isMany = all2.length > FEW;
    if (isMany) for (; indexed < all2.length; indexed++) addTo(byAttribute, headsOf(all2[indexed]), indexed);
    const found2 = isMany ? fewest(headsOf(area), byAttribute) : void 0;
    const candidates2 = found2 === void 0 ? all2 : found2.flatMap((at3) => all2[at3] ?? []);
    return candidates2.filter(({ issuer: issuer2 }) => issuer2.url === area.issuer.url);
  };
  return { add: (area) => void all2.push(area), near };
}
function headsOf(area) {
  const heads = /* @__PURE__ */ new Map();
  for (const { attribute: attribute2, set } of area?.tests ?? []) {
    const own2 = beginnings(set);
    const key = set.foldCase ? `${attribute2} in any case` : attribute2;
    if (!own2.includes("") && own2.length <= (heads.get(key)?.length ?? own2.length)) heads.set(key, own2);
  }
  return heads;
}
function beginnings({ literals, wildcards, foldCase }) {
  const before = wildcards.map(({ text: text8 }) => text8.slice(0, text8.indexOf("*")));
  const heads = [...[...literals].map((text8) => text8 + END), ...foldCase ? before.map(foldAscii) : before];
  return heads.map((head) => head.slice(0, MAX_HEAD));
}
function addTo(byAttribute, heads, at3) {
  for (const attribute2 of heads.keys()) {
    const open2 = () => Array.from({ length: at3 }, (_, before) => before);
    if (!byAttribute.has(attribute2)) byAttribute.set(attribute2, { heads: /* @__PURE__ */ new Map(), prefixes: /* @__PURE__ */ new Map(), open: open2() });
  }
  for (const [attribute2, entry] of byAttribute) {
    const own2 = heads.get(attribute2);
    if (own2 === void 0) entry.open.push(at3);
    for (const head of own2 ?? []) {
      push(entry.heads, head, at3);
      for (let length = 1; length <= head.length; length++) push(entry.prefixes, head.slice(0, length), at3);
    }
  }
}
function push(lists, key, value) {
  const list = lists.get(key);
  if (list === void 0) lists.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}
function fewest(heads, byAttribute) {
  let best;
  let least = Number.POSITIVE_INFINITY;
  for (const [attribute2, own2] of heads) {
    const entry = byAttribute.get(attribute2);
    if (entry === void 0) continue;
    const lists = [entry.open, ...own2.flatMap((head) => compatible(head, entry))];
    const count4 = lists.reduce((sum, { length }) => sum + length, 0);
    if (count4 >= least) continue;
    best = lists;
    least = count4;
  }
  return best && [...new Set(best.flat())].sort((a, b) => a - b);
}
function compatible(head, { heads, prefixes }) {
  const lists = [prefixes.get(head) ?? []];
  for (let length = 1; length < head.length; length++) {
    const shorter = heads.get(head.slice(0, length));
    if (shorter !== void 0) lists.push(shorter);
  }
  return lists;
}

// shared/policy/plan-difference.ts
var MAX_DIFFERENCES = 20;
function findDifferences(gainer, other) {
  const known = { rules: keysOf2(other.rules), guards: keysOf2(other.guards), own: keysOf2(gainer.guards) };
  const newlyFree = other.guards.filter(({ key }) => !known.own.has(key));
  const found2 = [];
  const [told2, others] = [nearAreas(), nearAreas(other.rules)];
  for (const area of gainer.rules) {
    if (known.rules.has(area.key) && newlyFree.length === 0) continue;
    if (found2.length >= MAX_DIFFERENCES) return { found: found2, isCut: true };
    const ofRule = differencesOf(area, { guards: gainer.guards, others, newlyFree, told: told2 });
    if (ofRule === "undecided") return "undecided";
    found2.push(...ofRule);
    if (ofRule.length > 0) told2.add(area);
  }
  return { found: found2, isCut: false };
}
function keysOf2(areas) {
  return new Set(areas.map(({ key }) => key));
}
function differencesOf(area, against) {
  const found2 = [];
  const known = { ...EVERYWHERE, usual: usualTexts(area) };
  for (const events of eventSorts(area)) {
    const region = within(known, [...area.tests, ...events]);
    const run2 = findRun(region, area, against);
    if (run2 === "undecided") return "undecided";
    if (run2 !== "none") found2.push({ area, run: run2 });
  }
  return found2;
}
function findRun(region, area, { guards, others, newlyFree, told: told2 }) {
  const closed = [...guards, ...told2.near(area)];
  const inNoRule = nicest(region, [...closed, ...others.near(area)], area);
  if (inNoRule !== "none") return inNoRule;
  for (const guard of newlyFree) {
    const stopped = nicest(within(region, guard.tests), closed, area);
    if (stopped !== "none") return stopped;
  }
  return "none";
}
function nicest(region, areas, area) {
  const first = findOutside(region, areas, area.model);
  if (typeof first === "string") return first;
  let best = first;
  const prefer = (choices) => {
    for (const tests of choices) {
      const better = findOutside(within(best.region, tests), areas, area.model);
      if (typeof better === "string") continue;
      best = better;
      return;
    }
  };
  if (!hasKnownName(best.run, area)) prefer(knownNames(area));
  if (!hasKnownOwner(best.run, area)) prefer(knownOwners(area));
  return best.run;
}
function usualTexts({ rule, issuer: issuer2 }) {
  const { repository } = issuer2.platform.roles;
  const stated3 = rule.workload.is.find(({ attribute: attribute2 }) => attribute2 === repository)?.patterns ?? [];
  const names = stated3.filter(({ automaton }) => automaton === void 0).map(({ text: text8 }) => text8);
  return /* @__PURE__ */ new Map([[repository, [...names, ...issuer2.owners.slice(0, 1).map(({ name: name3 }) => `${name3}/app`)]]]);
}
function hasKnownName(run2, { rule, issuer: issuer2 }) {
  const { repository } = issuer2.platform.roles;
  return rule.workload.is.every((condition) => condition.attribute !== repository || conditionHolds(condition, run2));
}
function knownNames({ rule, issuer: issuer2 }) {
  const { repository } = issuer2.platform.roles;
  const names = rule.workload.is.filter(({ attribute: attribute2 }) => attribute2 === repository).flatMap(({ patterns: patterns2 }) => patterns2);
  return [
    [
      testOf(
        repository,
        names.map(({ text: text8 }) => text8),
        true
      )
    ]
  ];
}
function hasKnownOwner(run2, { issuer: issuer2 }) {
  const { roles } = issuer2.platform;
  const [id5, owner3 = ""] = [run2.get(roles.ownerId), run2.get(roles.owner)];
  return issuer2.owners.some((fenced) => fenced.id === id5 && sameText(fenced.name, owner3, true));
}
function knownOwners({ issuer: issuer2 }) {
  const { roles } = issuer2.platform;
  const owners = issuer2.owners.slice(0, MAX_PREFERRED_OWNERS);
  return owners.map(({ name: name3, id: id5 }) => [testOf(roles.repository, [`${name3}/*`], true), testOf(roles.ownerId, [id5])]);
}
var MAX_PREFERRED_OWNERS = 8;
function testOf(attribute2, texts, foldCase = false) {
  const set = textSet(texts.map((text8) => compilePattern(text8, { foldCase })));
  return { attribute: attribute2, set, key: `${attribute2}=${set.key}` };
}
var ANY_EVENT = [[]];
function eventSorts({ tests, issuer: issuer2 }) {
  const { event: name3 } = issuer2.platform.roles;
  const named4 = tests.filter(({ attribute: attribute2 }) => attribute2 === name3).flatMap(({ set }) => set.texts);
  const everyday = issuer2.platform.ruleDefaults.get(name3) ?? [];
  if (named4.every((event) => everyday.includes(event))) return ANY_EVENT;
  const usual = named4.filter((event) => everyday.includes(event));
  const others = [...new Set(named4.filter((event) => !everyday.includes(event)))];
  const sorts = [...usual.length > 0 ? [usual] : [], ...others.map((event) => [event])];
  return sorts.length < 2 ? [[]] : sorts.map((events) => [testOf(name3, events)]);
}

// shared/policy/plan-limits.ts
function limitWords(before, after) {
  const old = workloadsOf(before);
  const changes = [...workloadsOf(after)].map(([name3, limits2]) => {
    const was = old.get(name3);
    return was === void 0 ? void 0 : change2(ofWorkload(was), ofWorkload(limits2), ` for workload ${name3}`);
  });
  return [change2(ofGrant(before), ofGrant(after), ""), ...changes].filter((one) => one !== void 0);
}
function workloadsOf({ rules }) {
  return new Map(rules.map(({ workload: workload2 }) => [workload2.name, workload2.limits]));
}
function ofGrant({ limits: { perJob, perHour, perHourTotal } }) {
  return [
    { count: perJob, words: "a job" },
    { count: perHour, words: "an hour" },
    { count: perHourTotal, words: "an hour in total" }
  ];
}
function ofWorkload({ perJob, perHour }) {
  return [
    { count: perJob, words: "a job over all grants" },
    { count: perHour, words: "an hour over all grants" }
  ];
}
function change2(before, after, whose) {
  const counts2 = (limits2) => limits2.map(({ count: count4 }) => count4 ?? Number.POSITIVE_INFINITY);
  const [old, next] = [counts2(before), counts2(after)];
  const differs = (test) => old.some((from, index) => test(from, next[index] ?? Number.POSITIVE_INFINITY));
  const [isMore, isLess] = [differs((from, to) => to > from), differs((from, to) => to < from)];
  if (!isMore && !isLess) return void 0;
  const sense = isMore && isLess ? "other" : isMore ? "wider" : "narrower";
  return { about: "limits", sense, from: `${limitText(before)}${whose}`, to: limitText(after) };
}
function limitText(limits2) {
  const parts = limits2.filter(({ count: count4 }) => count4 !== void 0).map(({ count: count4, words }) => `${count4} ${words}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

// shared/policy/plan-terms.ts
function termsCompared() {
  const connections2 = /* @__PURE__ */ new Map();
  return (before, after) => {
    if (before === void 0 || after === void 0) {
      const only = after ?? before;
      return { scope: "same", ttl: "same", words: [], gives: only === void 0 ? "" : givesText(only) };
    }
    const pair = `${before.connection.name} ${after.connection.name}`;
    const connection6 = connections2.get(pair) ?? compareConnections(before.connection, after.connection);
    connections2.set(pair, connection6);
    return compareGrants(before, after, connection6);
  };
}
function compareGrants(before, after, connection6) {
  const scope3 = connection6 === "other" ? "other" : after.connection.kind.compare(before.scope, after.scope);
  const ttl = before.ttl === after.ttl ? "same" : after.ttl > before.ttl ? "longer" : "shorter";
  const words = [...connectionWords(before, after, connection6), ...scopeWords(before, after, scope3), ...ttlWords(before, after)];
  return { scope: scope3, ttl, words: [...words, ...limitWords(before, after)], gives: "" };
}
function givesText({ connection: connection6, scope: scope3, ttl }) {
  return `${connection6.kind.name} by ${connection6.name}, ${formatDuration(ttl)}: ${connection6.kind.summary(scope3)}`;
}
function compareConnections(before, after) {
  const isSameUpstream = before.kind.name === after.kind.name && reach(before) === reach(after);
  if (!isSameUpstream) return "other";
  if (before.name !== after.name) return after.kind.minted === "broker" ? "other" : "renamed";
  return canonicalJson(before.settings) === canonicalJson(after.settings) ? "same" : "renamed";
}
function reach({ settings: settings2 }) {
  if (!isJsonObject(settings2)) return canonicalJson(settings2);
  return canonicalJson(
    Object.fromEntries(Object.entries(settings2).filter(([, value]) => !isJsonObject(value) || value.secret === void 0))
  );
}
function connectionWords(before, after, comparison) {
  if (comparison === "same") return [];
  const [from, to] = [before.connection, after.connection].map(
    ({ name: name3, kind, settings: settings2 }) => `${name3} (${kind.name}) ${canonicalJson(settings2)}`
  );
  return [{ about: "connection", sense: "other", from: from ?? "", to: to ?? "" }];
}
function scopeWords(before, after, scope3) {
  const [from, to] = [before, after].map(({ connection: connection6, scope: own2 }) => connection6.kind.summary(own2));
  return scope3 === "same" || scope3 === "other" && from === to ? [] : [{ about: "scope", sense: scope3, from: from ?? "", to: to ?? "" }];
}
function ttlWords(before, after) {
  if (before.ttl === after.ttl) return [];
  const sense = after.ttl > before.ttl ? "wider" : "narrower";
  return [{ about: "ttl", sense, from: formatDuration(before.ttl), to: formatDuration(after.ttl) }];
}

// shared/policy/plan-tripwires.ts
function tripwireChanges(before, after) {
  const gone = [...before.canaries].filter((name3) => !after.canaries.has(name3)).sort();
  const added2 = [...after.canaries].filter((name3) => !before.canaries.has(name3)).sort();
  return [
    ...gone.map((canary) => ({ change: "no longer a canary: ", canary, loosens: true })),
    ...refusalChanges(before, after),
    ...freezeChanges(before, after),
    ...added2.map((canary) => ({ change: "a canary now: ", canary, loosens: false }))
  ];
}
function refusalChanges({ refusalsPerMinute: old }, { refusalsPerMinute: next }) {
  if (old === next) return [];
  const [was, is] = [old, next].map((count4) => count4 === void 0 ? "none" : `more than ${count4}`);
  const loosens = (next ?? Number.POSITIVE_INFINITY) > (old ?? Number.POSITIVE_INFINITY);
  return [{ change: `refusals in a minute that trip: ${is}, before ${was}`, loosens }];
}
function freezeChanges({ freeze: old }, { freeze: next }) {
  if (old === next) return [];
  return [{ change: next ? "what trips now freezes its workload" : "what trips no longer freezes its workload", loosens: old }];
}

// shared/policy/run-identity.ts
function runIdentity(run2, { roles }) {
  const fact = (name3) => run2.get(name3) ?? "";
  return {
    event: fact(roles.event),
    ref: fact("ref"),
    repository: fact(roles.repository),
    repositoryId: fact(roles.repositoryId),
    environment: fact("environment"),
    isSelfHosted: fact("runner_environment") === "self-hosted"
  };
}

// shared/policy/plan-witness.ts
function proved2({ area, run: run2 }, { grant: grant2, allows, refuses }) {
  const payload = area.model.payload(area.issuer.url, run2);
  const factsOf2 = readOnce(payload);
  const decision = decisionOn(allows, { payload, grant: grant2, factsOf: factsOf2 });
  const refusal = decisionOn(refuses, { payload, grant: grant2, factsOf: factsOf2 });
  if (typeof decision === "string" || decision.outcome !== "allow" || typeof refusal !== "string" && refusal.outcome !== "refuse") {
    throw new Error(`a witness of grant ${grant2} does not hold: ${canonicalJson(payload)}`);
  }
  const who = runIdentity(run2, area.issuer.platform);
  const everyday = area.issuer.platform.ruleDefaults.get(area.issuer.platform.roles.event) ?? [];
  return {
    payload,
    ...ruleOf(decision),
    isUnusualEvent: !everyday.includes(who.event),
    who,
    because: typeof refusal === "string" ? refusal : refusalText(refusal, grant2)
  };
}
function ruleOf({ rule, notes }) {
  return { rule: rule.name, workload: rule.workload.name, notes };
}
function readOnce(payload) {
  const read3 = /* @__PURE__ */ new Map();
  return ({ platform, url: url2 }) => {
    const facts = read3.get(platform) ?? platform.readFacts(url2, payload);
    read3.set(platform, facts);
    return facts;
  };
}
function decisionOn(policy, { payload, grant: grant2, factsOf: factsOf2 }) {
  const issuer2 = policy.issuers.get(String(payload.iss));
  if (issuer2 === void 0) return "its issuer is not trusted";
  const facts = factsOf2(issuer2);
  if (!facts.ok) throw new Error(`a witness of grant ${grant2} is no token: ${facts.error.claim}, expected ${facts.error.expected}`);
  const { owner: owner3, attributes } = facts.value;
  if (checkFence(issuer2, owner3) === "outside") return "its owner is outside the fence";
  return decide(policy, { issuer: issuer2, owner: owner3, attributes }, grant2);
}
function refusalText({ cause, reasons }, grant2) {
  if (cause === "unknown_grant") return `there is no grant ${grant2}`;
  const byRule = /* @__PURE__ */ new Map();
  for (const reason3 of reasons) {
    const ofRule = byRule.get(reason3.rule);
    if (ofRule === void 0) byRule.set(reason3.rule, [reason3]);
    else ofRule.push(reason3);
  }
  let nearest;
  for (const ofRule of byRule.values()) if (nearest === void 0 || ofRule.length < nearest.length) nearest = ofRule;
  if (nearest === void 0) return "no rule is for it";
  const start = cause === "guardrail" ? "guardrail " : "";
  return `${start}${nearest.map(describeReason).join("; ")}`;
}

// shared/policy/plan.ts
function planPolicies(base, head, isUnchanged = () => false) {
  const reading = startReading();
  const terms = termsCompared();
  const sides = {
    base: { policy: base, accessOf: accessOf(base, reading) },
    head: { policy: head, accessOf: accessOf(head, reading) }
  };
  const grants2 = [];
  for (const name3 of [.../* @__PURE__ */ new Set([...base.grantNames, ...head.grantNames])].sort()) {
    if (isUnchanged(name3)) continue;
    const change3 = planGrant(name3, sides, terms);
    if (change3 === "undecided") return err({ grant: name3 });
    if (change3 !== void 0) grants2.push(change3);
  }
  return ok({
    base: base.digest,
    head: head.digest,
    grants: grants2,
    issuers: issuerChanges(base, head),
    tripwires: tripwireChanges(base.tripwires, head.tripwires)
  });
}
function planGrant(name3, { base, head }, compareTerms) {
  const [before, after] = [base.policy.grant(name3), head.policy.grant(name3)];
  const [old, next] = [accessUnder(base, before), accessUnder(head, after)];
  const isSame = before !== void 0 && after !== void 0 && old.key === next.key;
  const gained = isSame ? NOTHING3 : findDifferences(next, old);
  const lost = isSame ? NOTHING3 : findDifferences(old, next);
  if (gained === "undecided" || lost === "undecided") return "undecided";
  const terms = compareTerms(asLivedUnder(base.policy, before), asLivedUnder(head.policy, after));
  const differences = {
    newly: gained.found.map((one) => proved2(one, { grant: name3, allows: head.policy, refuses: base.policy })),
    noLonger: lost.found.map((one) => proved2(one, { grant: name3, allows: base.policy, refuses: head.policy })),
    isCut: gained.isCut || lost.isCut
  };
  const change3 = before === void 0 ? "added" : after === void 0 ? "removed" : "changed";
  const hasChanged = change3 !== "changed" || gained.found.length + lost.found.length > 0 || terms.words.length > 0;
  return hasChanged ? { grant: name3, change: change3, ...differences, scope: terms.scope, ttl: terms.ttl, terms } : void 0;
}
function asLivedUnder({ settings: settings2 }, grant2) {
  return grant2 === void 0 ? void 0 : { ...grant2, ttl: lifetimeOf(grant2, settings2) };
}
var NOTHING3 = { found: [], isCut: false };
function accessUnder({ accessOf: read3 }, grant2) {
  return grant2 === void 0 ? NO_ACCESS : read3(grant2);
}
function widens({ newly, scope: scope3, ttl }) {
  return newly.length > 0 || scope3 === "wider" || scope3 === "other" || ttl === "longer";
}
function narrows({ change: change3, noLonger, scope: scope3, ttl }) {
  return change3 === "removed" || noLonger.length > 0 || scope3 === "narrower" || ttl === "shorter";
}
function issuerChanges(base, head) {
  const changes = [];
  for (const [url2, issuer2] of head.issuers) {
    const before = base.issuers.get(url2);
    if (before === void 0) continue;
    const say = (change3, isWider2) => void changes.push({ issuer: url2, change: change3, widens: isWider2 });
    if (keysText(issuer2.jwks) !== keysText(before.jwks))
      say(`its keys are now ${keysFrom(issuer2.jwks)}, before ${keysFrom(before.jwks)}`, true);
    if (issuer2.audience !== before.audience) say(`its tokens must be made for ${audience(issuer2)}, before for ${audience(before)}`, true);
  }
  const [old, next] = [base.settings.tokenMaxAge, head.settings.tokenMaxAge];
  if (old !== next) changes.push({ issuer: "*", change: `a token may be ${next} s old, before ${old} s`, widens: next > old });
  return changes;
}
function keysText(jwks2) {
  return jwks2 === void 0 ? "" : canonicalJson(jwks2);
}
function keysFrom(jwks2) {
  return jwks2 === void 0 ? "those it publishes" : "written in the policy";
}
function audience({ audience: own2 }) {
  return own2 === void 0 ? "the broker's origin" : JSON.stringify(own2);
}

// shared/policy/plan-condition.ts
function isFailing({ grants: grants2, issuers }, failOn) {
  if (failOn === "widen") return grants2.some(widens) || issuers.some((change3) => change3.widens);
  return failOn === "any" && grants2.length + issuers.length > 0;
}

// shared/policy/plan-unchanged.ts
function unchangedGrants(base, head) {
  if (!isAlike(base.issuers, head.issuers) || !isAlike(base.guardrails, head.guardrails)) return () => false;
  if (base.settings.max_ttl !== head.settings.max_ttl) return () => false;
  const isSameWorkload = alikeByName(base.workloads, head.workloads);
  const isSameConnection = alikeByName(base.connections, head.connections);
  return (name3) => {
    const grant2 = entryOf(head.grants, name3);
    if (grant2 === void 0 || !isAlike(entryOf(base.grants, name3), grant2)) return false;
    return isSameConnection(grant2.connection) && grant2.allow.every(({ workload: workload2 }) => isSameWorkload(workload2));
  };
}
function alikeByName(base, head) {
  const known = /* @__PURE__ */ new Map();
  return (name3) => {
    const answer = known.get(name3) ?? isAlike(entryOf(base, name3), entryOf(head, name3));
    known.set(name3, answer);
    return answer;
  };
}
function isAlike(a, b) {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && isAlikeList(a, b);
  return isJsonObject(a) && isJsonObject(b) && isAlikeRecord(a, b);
}
function isAlikeList(a, b) {
  return a.length === b.length && a.every((item, index) => isAlike(item, b[index]));
}
function isAlikeRecord(a, b) {
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return names.length === others.length && names.every((name3, index) => name3 === others[index] && isAlike(a[name3], b[name3]));
}

// shared/policy/plan-words.ts
function countsOf({ grants: grants2 }) {
  const count4 = (test) => grants2.filter(test).length;
  return {
    added: count4(({ change: change3 }) => change3 === "added"),
    removed: count4(({ change: change3 }) => change3 === "removed"),
    widened: count4((change3) => widens(change3)),
    narrowed: count4((change3) => narrows(change3)),
    otherwise: count4((change3) => !widens(change3) && !narrows(change3) && change3.change === "changed")
  };
}
function verdict(plan) {
  const { widened, narrowed: narrowed2, added: added2, removed, otherwise } = countsOf(plan);
  const trust = plan.issuers.filter((change3) => change3.widens).length;
  const isLooser = plan.tripwires.some(({ loosens }) => loosens);
  if (plan.grants.length === 0 && plan.issuers.length === 0 && plan.tripwires.length === 0)
    return "No effective change: both policies allow the same";
  const parts = [
    ...trust > 0 ? ["changes whose tokens are believed"] : [],
    ...plan.tripwires.length > 0 ? [isLooser ? "loosens tripwires" : "changes tripwires"] : [],
    ...widened > 0 ? [`widens ${grantsText(widened)}`] : [],
    ...narrowed2 > 0 ? [`narrows ${grantsText(narrowed2)}`] : [],
    ...otherwise > 0 ? [`changes ${grantsText(otherwise)} otherwise`] : []
  ];
  const counts2 = [...added2 > 0 ? [`${added2} added`] : [], ...removed > 0 ? [`${removed} removed`] : []];
  const text8 = parts.length === 0 ? "adds or removes no access" : parts.join(", ");
  return `${text8.slice(0, 1).toUpperCase()}${text8.slice(1)}${counts2.length > 0 ? ` (${counts2.join(", ")})` : ""}`;
}
function grantsText(count4) {
  return count4 === 1 ? "1 grant" : `${count4} grants`;
}

// worker/compare-active.ts
var NO_POLICY = '{"jobpass":1}';
async function openReplaced(replaces, deps) {
  const document = openCompiled(replaces === "*" ? NO_POLICY : await policyText(replaces, deps));
  return { document, policy: loadPolicy(document, replaces === "*" ? "sha256:none" : replaces) };
}
var ALWAYS_ALLOWED = 3;
function tooManyLosses(base, head, maxPercent) {
  const grants2 = base.grantNames.length;
  const allowed = Math.max(ALWAYS_ALLOWED, Math.floor(grants2 * maxPercent / 100));
  const lost = lostGrants(base, head);
  return lost.length > allowed ? { lost, grants: grants2, allowed } : void 0;
}
function whyWider(base, head) {
  const plan = planPolicies(base.policy, head.policy, unchangedGrants(base.document, head.document));
  if (!plan.ok) return `Grant ${plan.error.grant} cannot be compared exactly`;
  return isFailing(plan.value, "widen") ? verdict(plan.value) : void 0;
}

// worker/publish.ts
var PIECE_CHARACTERS = 5e5;
function piecesOf(text8) {
  const pieces = [];
  for (let start = 0; start < text8.length; ) {
    const end = start + PIECE_CHARACTERS;
    const isCutInside = /[\ud800-\udbff]/.test(text8[end - 1] ?? "");
    const piece = text8.slice(start, isCutInside ? end - 1 : end);
    pieces.push(piece);
    start += piece.length;
  }
  return pieces;
}
async function publish(candidate, request2, deps) {
  const reviewed = await review(candidate, request2, deps);
  if (!reviewed.ok) return reviewed;
  const { because, over } = reviewed.value;
  if (because !== void 0) return proposePublication(candidate, { ...request2, because }, deps);
  return activate(candidate, { ...request2, over }, deps);
}
async function review({ digest: digest2, text: text8, policy }, { replaces, forced }, deps) {
  const activation = await callState(() => deps.policyStore().activation());
  if (!activation.ok) return err({ outcome: "unavailable" });
  const active = activation.value.policy;
  if (active === digest2) return ok({ because: void 0, over: digest2 });
  if (active !== (replaces === "*" ? null : replaces)) return err({ outcome: "not_the_active_one", active });
  const mayWiden = !deps.config.twoPerson.has("widen");
  if (forced !== void 0) return ok({ because: mayWiden ? void 0 : "It is forced, so it is compared with nothing", over: replaces });
  const base = await callState(() => openReplaced(replaces, deps));
  if (!base.ok) return err({ outcome: "active_unreadable" });
  const losses = tooManyLosses(base.value.policy, policy, deps.config.maxGrantsRemoved);
  if (losses !== void 0) return err({ outcome: "takes_too_much", losses });
  return ok({ because: mayWiden ? void 0 : whyWider(base.value, { document: openCompiled(text8), policy }), over: replaces });
}
async function upload({ digest: digest2, text: text8 }, deps) {
  for (const [index, piece] of piecesOf(text8).entries()) await deps.policyStore().upload(digest2, index, piece);
}
async function activate(candidate, { replaces, by: by2, forced, over }, deps) {
  const { digest: digest2, policy } = candidate;
  const force = forced === void 0 ? {} : { forced };
  const published = await callState(async () => {
    await upload(candidate, deps);
    return deps.policyStore().publish({ digest: digest2, replaces: over, by: by2, ...force });
  });
  if (!published.ok) return err({ outcome: "unavailable" });
  if (published.value.outcome !== "active") return err(published.value);
  deps.policies.policy = policy;
  await callState(
    () => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, { type: "published", policy: digest2, replaces, by: by2, ...force })
  );
  deps.log({ event: "publish", outcome: "active", policy: digest2 });
  return ok({ outcome: "active" });
}
async function proposePublication(candidate, { replaces, by: run2, forced, person: person2, because }, deps) {
  if (!person2.ok) return err({ outcome: "nobody", why: person2.error });
  const { digest: digest2 } = candidate;
  const by2 = runOf(run2, person2.value);
  const id5 = randomId(deps);
  const proposed = await callState(async () => {
    await upload(candidate, deps);
    const what = { act: "publish", policy: digest2, replaces, forced: forced ?? null, because };
    return deps.policyStore().propose({ id: id5, what, by: by2, person: person2.value.key });
  });
  if (!proposed.ok) return err({ outcome: "unavailable" });
  if (proposed.value.outcome === "stale") return err({ outcome: "not_the_active_one", active: proposed.value.active });
  const entry = { type: "proposed", act: "publish", proposal: proposed.value.id, policy: digest2, replaces, by: by2, because };
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, { ...entry, ...forced === void 0 ? {} : { forced } }));
  deps.log({ event: "publish", outcome: "proposed", policy: digest2 });
  return ok({ outcome: "proposed", id: proposed.value.id, expiresAt: proposed.value.expiresAt, because });
}

// worker/state/activation.ts
var policyDigestSchema = templateLiteral(["sha256:", string2().regex(/^[0-9a-f]{64}$/)]);
var name2 = string2().min(1).max(200);
var named2 = { name: name2, reason: string2().min(1).max(500), since: string2(), by: string2() };
var freezeSchema = discriminatedUnion("target", [
  looseObject({ target: literal("all"), reason: named2.reason, since: named2.since, by: named2.by }),
  looseObject({ target: _enum(FREEZE_TARGETS), ...named2 })
]);
var freezeTargetSchema = discriminatedUnion("target", [
  object({ target: literal("all") }),
  object({ target: _enum(FREEZE_TARGETS), name: name2 })
]);
var activationSchema = looseObject({
  generation: number2().int().nonnegative(),
  policy: policyDigestSchema.nullable(),
  freezes: array(freezeSchema).readonly(),
  revokedKeys: array(string2().min(1).max(100)).readonly().exactOptional()
});

// worker/routes/candidate.ts
var MAX_POLICY_BYTES = 64 * 1024 * 1024;
async function candidateOf(request2, config2) {
  const text8 = await readCapped(request2, MAX_POLICY_BYTES);
  if (text8 === void 0) {
    return err(problemAnswer({ status: 413, title: "The policy is too large", detail: `At most ${MAX_POLICY_BYTES} bytes.` }));
  }
  return judgedCandidate(text8, config2);
}
function judgedCandidate(text8, config2) {
  const candidate = readCandidate(text8, config2);
  if (candidate.ok) return ok(candidate.value);
  const { detail, errors } = candidate.error;
  return err(problemAnswer({ status: 422, title: "The policy was not accepted", detail, members: { errors } }));
}

// worker/routes/not-published.ts
var MAX_NAMED = 100;
var RETRY = { "retry-after": "5" };
function notPublished(refusal, { replaces, maxGrantsRemoved }) {
  switch (refusal.outcome) {
    case "not_the_active_one": {
      const { active } = refusal;
      const detail = `The active policy is ${active ?? "none"}, not ${replaces}.`;
      return problemAnswer({ status: 412, title: "Another policy is active", detail, members: { active } });
    }
    case "takes_too_much":
      return takesTooMuch(refusal, maxGrantsRemoved);
    case "nobody":
      return nobodyAnswer(refusal.why);
    case "active_unreadable": {
      const detail = "What it takes away cannot be told. With force=<reason> it is published without being compared.";
      return problemAnswer({ status: 503, title: "The active policy cannot be read", detail, headers: RETRY });
    }
    case "unavailable":
      return problemAnswer({
        status: 503,
        title: "The policy is not in force everywhere",
        detail: "The policy store cannot be reached.",
        headers: RETRY
      });
    default: {
      const detail = `${refusal.waitingFor} ledgers have not confirmed yet; publish the same policy again to wait for them.`;
      return problemAnswer({ status: 503, title: "The policy is not in force everywhere", detail, headers: RETRY });
    }
  }
}
var LOSSES = {
  removed: { id: "grant-removed", message: "removed" },
  unreachable: { id: "grant-unreachable", message: "nobody who could get it before can get it" }
};
function takesTooMuch({ losses }, maxGrantsRemoved) {
  const { lost, grants: grants2, allowed } = losses;
  const errors = lost.slice(0, MAX_NAMED).map(({ grant: grant2, how }) => ({ path: `grants.${grant2}`, ...LOSSES[how] }));
  const detail = `${lost.length} of ${grants2} grants would be gone for everybody; ${allowed} may go at once (MAX_GRANTS_REMOVED is ${maxGrantsRemoved} %). If that is meant, publish with force=<reason>.`;
  return problemAnswer({
    status: 409,
    title: "The policy takes too much away",
    detail,
    members: { lost: lost.length, grants: grants2, allowed, errors, truncated: lost.length > MAX_NAMED }
  });
}

// worker/routes/policy.ts
var ENTITY_TAG = /^"(sha256:[0-9a-f]{64})"$/;
async function putPolicy(request2, deps) {
  return asAuthority(request2, ["publisher"], deps, async (authority2) => {
    const options = readPutOptions(request2);
    if (!options.ok) return options.error;
    const { replaces, forced, stored: stored2 } = options.value;
    const candidate = stored2 === void 0 ? await candidateOf(request2, deps.config) : await storedCandidate(stored2, deps);
    if (!candidate.ok) return candidate.error;
    const { digest: digest2 } = candidate.value;
    const act2 = { action: "publish", policy: digest2, replaces, ...forced === void 0 ? {} : { forced } };
    const recorded = await recordAct(authority2, act2, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const by2 = authority2.name;
    const published = await publish(candidate.value, { replaces, by: by2, forced, person: authority2.person }, deps);
    if (!published.ok) return notPublished(published.error, { replaces, maxGrantsRemoved: deps.config.maxGrantsRemoved });
    if (published.value.outcome === "active") return jsonAnswer({ policy: digest2, replaces }, { etag: `"${digest2}"` });
    const { id: id5, expiresAt, because } = published.value;
    return proposedAnswer({ id: id5, expiresAt, what: { act: "publish", policy: digest2, replaces, because, forced: forced ?? null } });
  });
}
async function getPolicy(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const wanted = readDigest(new URL(request2.url).searchParams.get("digest"));
    if (wanted === "unusable") return digestUnusable();
    const recorded = await recordAct(authority2, { action: "read_policy", ...wanted === void 0 ? {} : { policy: wanted } }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const read3 = await callState(async () => {
      const digest3 = wanted ?? (await deps.policyStore().activation()).policy;
      if (digest3 === null || await deps.policyStore().piece(digest3, 0) === null) return void 0;
      return { digest: digest3, text: await policyText(digest3, deps) };
    });
    if (!read3.ok) return storeUnreachable();
    if (read3.value === void 0)
      return problemAnswer({ status: 404, title: wanted === void 0 ? "No policy is active" : "No such policy" });
    const { digest: digest2, text: text8 } = read3.value;
    return new Response(text8, { headers: { "content-type": "application/json", "cache-control": "no-store", etag: `"${digest2}"` } });
  });
}
function readPutOptions(request2) {
  const parameters2 = new URL(request2.url).searchParams;
  const replaces = readIfMatch(request2.headers.get("if-match"));
  if (replaces === void 0) {
    const detail = 'Send If-Match: "sha256:…" with the digest to be replaced, or * for the first policy.';
    return err(problemAnswer({ status: 428, title: "If-Match is missing", detail }));
  }
  const stored2 = readDigest(parameters2.get("digest"));
  if (stored2 === "unusable") return err(digestUnusable());
  const forced = parameters2.get("force")?.trim();
  if (forced !== void 0 && (forced === "" || forced.length > MAX_REASON_LENGTH || hasControlCharacter(forced))) {
    const detail = `force=<reason>: one line of at most ${MAX_REASON_LENGTH} characters, for the record.`;
    return err(problemAnswer({ status: 400, title: "The reason is not usable", detail }));
  }
  return ok({ replaces, forced, stored: stored2 });
}
async function storedCandidate(digest2, deps) {
  const text8 = await callState(async () => await deps.policyStore().wasPublished(digest2) ? await policyText(digest2, deps) : void 0);
  if (!text8.ok) return err(storeUnreachable());
  if (text8.value !== void 0) return judgedCandidate(text8.value, deps.config);
  const detail = "Only a policy that was published before can be published again by its digest.";
  return err(problemAnswer({ status: 404, title: "No such policy", detail }));
}
function readDigest(text8) {
  if (text8 === null) return void 0;
  const digest2 = policyDigestSchema.safeParse(text8);
  return digest2.success ? digest2.data : "unusable";
}
function digestUnusable() {
  return problemAnswer({ status: 400, title: "The digest is not usable", detail: "digest=sha256:… with 64 hex digits." });
}
function readIfMatch(header) {
  if (header === null) return void 0;
  const text8 = header.trim();
  if (text8 === "*") return "*";
  const digest2 = policyDigestSchema.safeParse(ENTITY_TAG.exec(text8)?.[1]);
  return digest2.success ? digest2.data : void 0;
}

// worker/routes/policy-history.ts
var DEFAULT_LIMIT2 = 100;
var MAX_LIMIT2 = 1e3;
var WHOLE2 = /^[1-9][0-9]{0,14}$/;
async function getPolicyHistory(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const page = readPage(new URL(request2.url).searchParams);
    if (page === void 0)
      return problemAnswer({ status: 400, title: "The page is not usable", detail: `before=<number> and limit=1…${MAX_LIMIT2}.` });
    const recorded = await recordAct(authority2, { action: "read_policy_history" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const { before, limit } = page;
    const past = await callState(() => deps.policyStore().history(before, limit + 1));
    if (!past.ok) return storeUnreachable();
    const shown3 = past.value.slice(0, limit);
    return jsonAnswer({ publications: shown3.map(publicationJson), next: past.value.length > limit ? shown3.at(-1)?.n ?? null : null });
  });
}
function readPage(parameters2) {
  const [before, limit] = [parameters2.get("before") ?? String(Number.MAX_SAFE_INTEGER), parameters2.get("limit") ?? String(DEFAULT_LIMIT2)];
  const isUsable = (WHOLE2.test(before) || !parameters2.has("before")) && WHOLE2.test(limit) && Number(limit) <= MAX_LIMIT2;
  return isUsable ? { before: Number(before), limit: Number(limit) } : void 0;
}
function publicationJson({ n, digest: digest2, at: at3, by: by2, replaced: replaced2, forced, confirmedBy }) {
  return {
    number: n,
    policy: digest2,
    at: at3,
    by: by2,
    replaced: replaced2,
    ...forced === null ? {} : { forced },
    ...confirmedBy === null ? {} : { confirmed_by: confirmedBy }
  };
}

// shared/policy/plan-json.ts
function planJson({ base, head, grants: grants2, issuers, tripwires: tripwires2 }) {
  const more = {
    ...issuers.length === 0 ? {} : { issuers: issuers.map(issuerJson) },
    ...tripwires2.length === 0 ? {} : { tripwires: tripwires2.map(tripwireJson) }
  };
  return `${JSON.stringify({ base, head, grants: grants2.map(grantJson), ...more }, null, 2)}
`;
}
function grantJson({ grant: grant2, change: change3, newly, noLonger, scope: scope3, ttl, terms, isCut }) {
  return {
    grant: grant2,
    change: change3,
    newly: newly.map(witnessJson),
    no_longer: noLonger.map(witnessJson),
    scope: scope3,
    ttl,
    ...term("connection", terms.words),
    ...term("limits", terms.words),
    ...isCut ? { cut: true } : {}
  };
}
function witnessJson({ payload }) {
  return { witness: payload };
}
function term(about, words) {
  const [sense, ...others] = new Set(words.filter((word3) => word3.about === about).map((word3) => word3.sense));
  return sense === void 0 ? {} : { [about]: others.length === 0 ? sense : "other" };
}
function tripwireJson({ change: change3, canary = "", loosens }) {
  return { change: `${change3}${canary}`, loosens };
}
function issuerJson({ issuer: issuer2, change: change3, widens: widens2 }) {
  return { issuer: issuer2, change: change3, widens: widens2 };
}

// worker/routes/policy-plan.ts
var DEFAULT_DAYS2 = 7;
var MAX_DAYS2 = 90;
var DAYS2 = /^[0-9]{1,2}$/;
var DAY_MS2 = 864e5;
async function planPolicy(request2, deps) {
  return asAuthority(request2, ["publisher", "auditor"], deps, async (authority2) => {
    const days = readDays2(new URL(request2.url).searchParams.get("days"));
    if (days === void 0) return problemAnswer({ status: 400, title: "The period is not usable", detail: `days=0…${MAX_DAYS2}.` });
    const candidate = await candidateOf(request2, deps.config);
    if (!candidate.ok) return candidate.error;
    const recorded = await recordAct(authority2, { action: "plan", policy: candidate.value.digest, days }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const since = new Date(deps.nowMs() - days * DAY_MS2).toISOString();
    const history = await callState(async () => ({ base: await activePolicy(deps), asks: await recordedAsks(since, deps) }));
    if (!history.ok)
      return problemAnswer({ status: 503, title: "The record cannot be read at the moment", headers: { "retry-after": "5" } });
    const { base, asks } = history.value;
    if (base === void 0)
      return problemAnswer({
        status: 404,
        title: "No policy is active",
        detail: "There is nothing to compare with: publish the first policy."
      });
    const head = candidate.value.policy;
    const plan = planPolicies(base, head);
    if (!plan.ok)
      return problemAnswer({
        status: 422,
        title: "The policies cannot be compared",
        detail: `The search was given up at the grant ${plan.error.grant}.`
      });
    return jsonAnswer({
      ...JSON.parse(planJson(plan.value)),
      replay: { days, since, sampled: asks.sampled, ...replayAsks(asks.entries, base, head) }
    });
  });
}
function readDays2(text8) {
  const days = text8 === null ? DEFAULT_DAYS2 : DAYS2.test(text8) ? Number(text8) : -1;
  return days >= 0 && days <= MAX_DAYS2 ? days : void 0;
}

// shared/lease.ts
var LEASE_ID = /^[0-9a-f]{32}$/;
var DUE_DIGITS = 8;
var RANDOM_DIGITS = 24;
function leaseIdFloor(instant3) {
  return Math.max(0, instant3).toString(16).padStart(DUE_DIGITS, "0");
}
function leaseId(endsAt, randomHex) {
  return leaseIdFloor(endsAt) + randomHex.slice(0, RANDOM_DIGITS);
}
function leaseEndsAt(id5) {
  return Number.parseInt(id5.slice(0, DUE_DIGITS), 16);
}

// worker/routes/revoke.ts
var RETRY_AFTER2 = 5;
var MAX_TOKEN_CHARACTERS2 = 32 * 1024;
async function revoke(request2, deps) {
  const decision = randomId(deps);
  const form = await readForm(request2);
  if (!form.ok) return refuse(form.error, false, { event: "revoke", decision, deps });
  const token2 = form.value.get(REVOKE_PARAMETERS.token);
  const leaseId2 = form.value.get(REVOKE_PARAMETERS.leaseId);
  if (token2 !== void 0) return token2.length > MAX_TOKEN_CHARACTERS2 ? done() : endByCredential(token2, decision, deps);
  const bearer = bearerOf(request2);
  if (leaseId2 === void 0)
    return refuse(missing2(REVOKE_PARAMETERS.token, "the credential, or lease_id with an ID token of the same run as Bearer"), false, {
      event: "revoke",
      decision,
      deps
    });
  if (bearer === void 0)
    return refuse(missing2("Authorization", "an ID token of the run that holds the lease, as Bearer"), false, {
      event: "revoke",
      decision,
      deps
    });
  return endByRun(leaseId2, bearer, decision, deps);
}
async function endByRun(leaseId2, bearer, decision, deps) {
  const policy = await callState(() => currentPolicy(deps));
  if (!policy.ok) return refuse(policy.error, false, { event: "revoke", decision, deps });
  if (policy.value === void 0)
    return refuse({ code: "policy_missing", retryAfter: RETRY_AFTER2 }, false, { event: "revoke", decision, deps });
  const workload2 = await authenticate(bearer, policy.value, deps);
  if (!workload2.ok) return refuse(workload2.error, WIRE_FORMS[workload2.error.code].told === "proven", { event: "revoke", decision, deps });
  if (!LEASE_ID.test(leaseId2)) return done();
  const { ledger, token: token2 } = workload2.value;
  const leases = await callState(() => deps.ledger(ledger).leases({ lease: leaseId2 }, 1));
  if (!leases.ok) return refuse(leases.error, true, { event: "revoke", decision, deps });
  const foreign = leases.value.some(({ runId }) => runId !== token2.facts.run.runId);
  if (foreign)
    return refuse(
      { code: "request_malformed", parameter: "lease_id", problem: "malformed", expected: "a lease of the run the ID token is of" },
      true,
      { event: "revoke", decision, deps }
    );
  return endFound({ found: leases.value.map((lease) => ({ ledger, lease })), unreachable: [] }, decision, deps);
}
async function endByCredential(token2, decision, deps) {
  const credential3 = await hashOf(token2);
  const found2 = await callState(() => findLeases({ credential: credential3 }, 1, deps));
  return found2.ok ? endFound(found2.value, decision, deps) : refuse(found2.error, true, { event: "revoke", decision, deps });
}
async function endFound({ found: found2, unreachable: unreachable2 }, decision, deps) {
  if (found2.length === 0 && unreachable2.length > 0) return refuse(LEDGER_UNAVAILABLE, true, { event: "revoke", decision, deps });
  for (const { ledger, lease } of found2) {
    const ended = await endLease(lease, "returned", ledger, deps);
    deps.log({
      event: "revoke",
      decision,
      lease: lease.id,
      grant: lease.grant,
      outcome: ended.ok ? ended.value.outcome : "failed",
      ...ended.ok ? {} : { code: ended.error.code }
    });
    if (!ended.ok) return refusalAnswer(notEnded(ended.error), decision, true);
  }
  return done();
}
function notEnded(failure2) {
  const retryAfter2 = failure2.retryAfter ?? RETRY_AFTER2;
  return failure2.code === "ledger_unavailable" ? { code: failure2.code, retryAfter: retryAfter2 } : { code: "upstream_unavailable", retryAfter: retryAfter2 };
}
function done() {
  return jsonAnswer({});
}
function missing2(parameter, expected) {
  return { code: "request_malformed", parameter, problem: "missing", expected };
}

// worker/routes/sinks.ts
async function getSinks(request2, deps) {
  return asAuthority(request2, ["auditor"], deps, async (authority2) => {
    const recorded = await recordAct(authority2, { action: "read_sinks" }, deps);
    if (!recorded.ok) return notAuthorized(recorded.error, deps);
    const lag = await callState(() => sinkLag(deps));
    if (lag.ok) return jsonAnswer(lag.value);
    return storeUnreachable();
  });
}

// worker/admit/frozen.ts
var FROZEN = { code: "frozen", retryAfter: 60 };

// worker/admit/admit.ts
function admitIntent(commission2, deps) {
  return admit(commission2, leaseOf(commission2, "minting"), deps);
}
function admitMade(commission2, made, deps) {
  const signed = made.signer === void 0 ? {} : { signer: made.signer };
  return admit(commission2, { ...leaseOf(commission2, "live"), credential: made.credentialHash, ...signed }, deps);
}
async function admit(commission2, lease, deps) {
  const { ledger, jti, attempt, limits: limits2, record: record3 } = commission2;
  const answered = await callState(() => deps.ledger(ledger).admit({ ...record3, ledger, jti, attempt, limits: limits2, lease }));
  if (answered.ok) return judge2(answered.value);
  await takeBack(ledger, lease, deps);
  return { outcome: "refused", refusal: answered.error };
}
async function takeBack(ledger, { id: id5, state }, deps) {
  const facts = { cause: "not_handed_over", credential_end: state === "live" ? "never_left" : "not_yet_minted" };
  await callState(() => deps.ledger(ledger).end({ lease: id5, how: "revoked", state, facts }));
}
function leaseOf({ order: order2, holder }, state) {
  return { ...holder, id: order2.leaseId, state, expiresAt: order2.expiresAt };
}
function judge2(answer) {
  switch (answer.outcome) {
    case "admitted":
      return { outcome: "admitted" };
    case "stale":
      return { outcome: "stale", policy: answer.policy };
    case "signer_revoked":
      return answer;
    case "replayed":
      return { outcome: "refused", refusal: { code: "token_replayed" } };
    case "frozen":
      return { outcome: "refused", refusal: FROZEN };
    case "limit_reached":
      return { outcome: "refused", refusal: { code: "limit_reached", limit: answer.limit, retryAfter: answer.retryAfter } };
  }
}

// worker/admit/ask-text.ts
function askText({ token: token2, attributes }, more) {
  const { facts, registered } = token2;
  return canonicalJson({
    ...more,
    jti: registered.jti,
    job: facts.run.job,
    attributes: Object.fromEntries(attributes),
    ...facts.unknownClaims.length === 0 ? {} : { unknown_claims: facts.unknownClaims }
  });
}

// worker/admit/tripwires-of-ask.ts
function tripwiresOfAsk({ workload: workload2, policy, grant: grant2 }, workloads2) {
  const { canaries, refusalsPerMinute, freeze } = policy.tripwires;
  const isCanary = canaries.has(grant2);
  if (!isCanary && refusalsPerMinute === void 0) return {};
  const { repository, repositoryId: repositoryId2 } = workload2.token.facts.run;
  return {
    tripwires: {
      isCanary,
      ...refusalsPerMinute === void 0 ? {} : { refusalsPerMinute },
      freezes: freeze ? workloads2 ?? policy.workloadsOf(workload2).map(({ name: name3 }) => name3) : [],
      repository,
      repositoryId: repositoryId2
    }
  };
}

// worker/admit/record-refusal.ts
var MAX_NAME_CHARACTERS = 63;
async function recordRefusal({ refusal, workload: workload2, policy, decision, form }, deps) {
  const { run: run2 } = workload2.token.facts;
  const subject2 = subjectOf2(workload2, policy, form);
  const answered = await callState(
    () => deps.ledger(workload2.ledger).refuse({
      ledger: workload2.ledger,
      policy: policy.digest,
      subject: subject2,
      counted: run2.repositoryId,
      code: refusal.code,
      decision,
      runId: run2.runId,
      ask: askText(workload2, refusalFacts(refusal)),
      ...tripwiresOfAsk({ workload: workload2, policy, grant: subject2.grant })
    })
  );
  if (!answered.ok) return { outcome: "told", refusal };
  if (answered.value.outcome === "stale") return { outcome: "stale", policy: answered.value.policy };
  return { outcome: "told", refusal: answered.value.outcome === "frozen" ? FROZEN : refusal };
}
function subjectOf2(workload2, policy, form) {
  const name3 = (form.get(TOKEN_PARAMETERS.audience) ?? "").slice(0, MAX_NAME_CHARACTERS);
  const grant2 = policy.grant(name3);
  return {
    issuer: workload2.issuer.name,
    grant: name3,
    ...grant2 === void 0 ? {} : { connection: grant2.connection.name, kind: grant2.connection.kind.name }
  };
}
function refusalFacts(refusal) {
  switch (refusal.code) {
    case "grant_refused":
      return { cause: refusal.cause, reasons: refusal.reasons.map(({ rule, attribute: attribute2, seen }) => ({ rule, attribute: attribute2, seen })) };
    case "scope_exceeded":
      return { field: refusal.field };
    case "request_malformed":
      return { parameter: refusal.parameter };
    default:
      return {};
  }
}

// worker/ask.ts
var MAX_GRANT_CHARACTERS = 256;
var MAX_PUBLIC_KEY_CHARACTERS = 16 * 1024;
var DIGITS3 = /^[0-9]{1,16}$/;
function readAsk(form) {
  const problem = formProblem2(form);
  if (problem !== void 0) return err({ code: "request_malformed", ...problem });
  const details = readDetails(form.get(TOKEN_PARAMETERS.authorizationDetails));
  if (!details.ok) return details;
  const ttl = readTtl(form.get(TOKEN_PARAMETERS.ttl) ?? "");
  const publicKey = form.get(TOKEN_PARAMETERS.publicKey);
  const requestedTokenType = form.get(TOKEN_PARAMETERS.requestedTokenType);
  const reason3 = form.get(TOKEN_PARAMETERS.reason);
  return ok({
    grant: form.get(TOKEN_PARAMETERS.audience) ?? "",
    ...ttl === void 0 ? {} : { ttl },
    ...details.value === void 0 ? {} : { details: details.value },
    ...publicKey === void 0 ? {} : { publicKey },
    ...requestedTokenType === void 0 ? {} : { requestedTokenType },
    ...reason3 === void 0 ? {} : { reason: reason3 }
  });
}
function formProblem2(form) {
  const malformed3 = (parameter, expected) => ({ parameter, problem: "malformed", expected });
  const { audience: audience2, ttl, reason: reason3, publicKey } = TOKEN_PARAMETERS;
  const grant2 = form.get(audience2);
  if (grant2 === void 0) return { parameter: audience2, problem: "missing", expected: "the name of the grant" };
  if (!isLine(grant2, MAX_GRANT_CHARACTERS)) return malformed3(audience2, "the name of a grant");
  if (form.has(ttl) && readTtl(form.get(ttl) ?? "") === void 0) return malformed3(ttl, "whole seconds, at least 1");
  if (!isLine(form.get(reason3) ?? "", MAX_REASON_LENGTH)) return malformed3(reason3, `at most ${MAX_REASON_LENGTH} characters on one line`);
  if ((form.get(publicKey) ?? "").length > MAX_PUBLIC_KEY_CHARACTERS)
    return malformed3(publicKey, `at most ${MAX_PUBLIC_KEY_CHARACTERS} characters`);
  return void 0;
}
function isLine(text8, maxCharacters) {
  return text8.length <= maxCharacters && !hasControlCharacter(text8);
}
function readTtl(text8) {
  const seconds = DIGITS3.test(text8) ? Number(text8) : 0;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : void 0;
}
function readDetails(text8) {
  const malformed3 = (expected) => err({ code: "details_malformed", expected });
  if (text8 === void 0) return ok(void 0);
  const json2 = parseStrictJson(text8);
  if (!json2.ok) return malformed3("JSON without a member named twice");
  const [detail, ...more] = Array.isArray(json2.value) ? json2.value : [];
  if (!isJsonObject(detail) || more.length > 0) return malformed3("an array of one object");
  const { type, ...scope3 } = detail;
  if (type !== void 0 && typeof type !== "string") return malformed3("type is the name of a kind");
  if (Object.keys(scope3).length === 0 && type === void 0)
    return malformed3("an object that narrows something; leave authorization_details out to ask for the whole grant");
  return ok({ ...type === void 0 ? {} : { type }, scope: scope3 });
}

// shared/policy/told.ts
var MAX_REASONS = 20;
function toldToCaller({ reasons, hint }, { explain }) {
  if (explain === "none") return { reasons: [] };
  const cut = reasons.slice(0, MAX_REASONS);
  return { reasons: explain === "rules" ? cut : cut.map(withoutExpected), ...hint === void 0 ? {} : { hint } };
}
function withoutExpected({ expected: _expected, ...reason3 }) {
  return reason3;
}

// worker/authorize/asked-problems.ts
var MAX_TOLD = 3;
var PLAIN_STEP = /^[A-Za-z0-9_.-]{1,64}$/;
function askedProblems(error2, asked5) {
  const problems = shapeProblems(error2, { ...asked5, path: [], otherwise: "invalid-scope" });
  return problems.slice(0, MAX_TOLD).map(told);
}
function told({ id: id5, path, message: message2 }) {
  const place4 = placeOf(id5 === "unknown-key" ? path.slice(0, -1) : path);
  return place4 === "" ? message2 : `${place4}: ${message2}`;
}
function placeOf(path) {
  return path.every((step) => PLAIN_STEP.test(String(step))) ? formatPath(path) : "";
}

// worker/authorize/authorize.ts
function authorize(workload2, ask, { policy, config: config2 }) {
  if (holdsAuthority(config2, workload2.issuer.url, workload2.attributes))
    return err({ code: "grant_refused", grant: ask.grant, cause: "authority", reasons: [] });
  const decision = decide(policy, workload2, ask.grant);
  if (decision.outcome === "refuse")
    return err({ code: "grant_refused", grant: decision.grant, cause: decision.cause, ...toldToCaller(decision, policy.settings) });
  const { grant: grant2 } = decision;
  const { kind } = grant2.connection;
  if (ask.requestedTokenType !== void 0 && ask.requestedTokenType !== kind.tokenType) {
    return err({ code: "request_malformed", parameter: "requested_token_type", problem: "malformed", expected: kind.tokenType });
  }
  if (kind.holderKey && ask.publicKey === void 0) {
    return err({
      code: "request_malformed",
      parameter: "public_key",
      problem: "missing",
      expected: `the holder’s public key, which kind ${kind.name} certifies`
    });
  }
  const scope3 = narrowScope(decision, ask);
  if (!scope3.ok) return scope3;
  const lifetime = Math.min(ask.ttl ?? grant2.ttl, grant2.ttl, policy.settings.maxTtl, kind.lifetime.max);
  if (lifetime < kind.lifetime.min) {
    return err({
      code: "request_malformed",
      parameter: "ttl",
      problem: "malformed",
      expected: `at least ${kind.lifetime.min} seconds for kind ${kind.name}`
    });
  }
  return ok({ allowed: decision, scope: scope3.value, lifetime });
}
function narrowScope({ grant: grant2 }, { details }) {
  if (details === void 0) return ok(grant2.scope);
  const { kind } = grant2.connection;
  if (details.type !== void 0 && details.type !== kind.name)
    return err({ code: "details_malformed", expected: `type ${kind.name}, the kind of this grant` });
  if (Object.keys(details.scope).length === 0) return ok(grant2.scope);
  const asked5 = kind.asked.safeParse(details.scope);
  if (!asked5.success)
    return err({ code: "details_malformed", problems: askedProblems(asked5.error, { schema: kind.asked, value: details.scope }) });
  const narrowed2 = kind.narrow(grant2.scope, asked5.data);
  return narrowed2.ok ? narrowed2 : err({ code: "scope_exceeded", ...narrowed2.error });
}

// worker/commission.ts
function commission({ workload: workload2, policy, ask, authorized, presented }, deps) {
  const { grant: grant2, rule, notes } = authorized.allowed;
  const { connection: connection6 } = grant2;
  if (!isKindName(connection6.kind.name)) throw new Error(`no provider for kind ${connection6.kind.name}`);
  const issuedAt = nowSeconds(deps);
  const expiresAt = issuedAt + authorized.lifetime;
  const { run: run2 } = workload2.token.facts;
  return {
    kindName: connection6.kind.name,
    kind: connection6.kind,
    order: {
      leaseId: leaseId(expiresAt, randomId(deps)),
      grant: grant2.name,
      connectionName: connection6.name,
      connection: connection6.settings,
      scope: authorized.scope,
      issuedAt,
      expiresAt,
      workload: rule.workload.name,
      run: run2,
      ...ask.publicKey === void 0 ? {} : { publicKey: ask.publicKey },
      ...presented.callerAddress === void 0 ? {} : { callerAddress: presented.callerAddress }
    },
    rule: rule.name,
    policy,
    workload: workload2,
    limits: { ...grant2.limits, workload: rule.workload.limits },
    ledger: workload2.ledger,
    jti: workload2.token.registered.jti,
    attempt: presented.attempt,
    holder: holderOf(run2),
    record: {
      policy: policy.digest,
      subject: {
        issuer: workload2.issuer.name,
        grant: grant2.name,
        workload: rule.workload.name,
        connection: connection6.name,
        kind: connection6.kind.name
      },
      counted: rule.workload.name,
      decision: presented.decision,
      runId: run2.runId,
      ...tripwiresOfAsk({ workload: workload2, policy, grant: grant2.name }, [rule.workload.name]),
      ask: askText(workload2, {
        rule: rule.name,
        scope: connection6.kind.summary(authorized.scope),
        ...notes.length === 0 ? {} : { notes: notes.map(({ about, policyName, tokenName }) => ({ about, policy_name: policyName, token_name: tokenName })) },
        // only an ask that narrows costs anything: what it asked for, of which the inventory makes the scope that would do
        ...ask.details === void 0 || Object.keys(ask.details.scope).length === 0 ? {} : { asked: ask.details.scope },
        ...ask.reason === void 0 ? {} : { reason: ask.reason }
      })
    }
  };
}
function holderOf({ runId, job, repositoryId: repositoryId2, runAttempt }) {
  const attempt = Number(runAttempt);
  return { runId, job, repositoryId: repositoryId2, ...Number.isSafeInteger(attempt) && attempt > 0 ? { runAttempt: attempt } : {} };
}

// worker/mint.ts
var UPSTREAM_RETRY_AFTER = 10;
var KEYS_RETRY_AFTER2 = 5;
async function mint(commission2, deps) {
  const { kind, kindName, order: order2 } = commission2;
  try {
    const minted = await providerOf(kindName).mint(order2, providerDeps(deps));
    if (!minted.ok) return err(failureOf2(minted.error, latestEnd(commission2)));
    const accessToken = kind.encode(minted.value.credential);
    const made = {
      accessToken: new Secret(accessToken),
      credentialHash: await hashOf(accessToken),
      expiresAt: minted.value.expiresAt,
      handle: minted.value.handle,
      signer: minted.value.signer
    };
    return ok(made);
  } catch (failure2) {
    if (isKeysUnavailable(failure2))
      return err({ code: "keys_unavailable", retryAfter: KEYS_RETRY_AFTER2, forLedger: { detail: failure2.message } });
    throw failure2;
  }
}
function latestEnd({ kind, order: order2 }) {
  return kind.lifetime.enforced === "upstream" ? order2.expiresAt : order2.issuedAt + kind.lifetime.max;
}
function failureOf2(refusal, latest) {
  if (refusal.code === "request_malformed") return refusal;
  const forLedger = {
    detail: refusal.detail,
    ...refusal.status === void 0 ? {} : { upstream_status: refusal.status },
    ...refusal.mayHaveActed ? { may_live_until: latest } : {}
  };
  const more = { forLedger, ...refusal.leftover === void 0 ? {} : { leftover: { handle: refusal.leftover(), expiresAt: latest } } };
  if (refusal.code === "upstream_refused") return { code: refusal.code, ...more };
  return { code: refusal.code, retryAfter: refusal.retryAfter ?? UPSTREAM_RETRY_AFTER, ...more };
}

// worker/settle.ts
async function settle2(commission2, minted, deps) {
  const { order: order2, ledger } = commission2;
  const about = aboutOf(commission2);
  if (!minted.ok) {
    const { forLedger = {}, leftover, ...refusal } = minted.error;
    const facts = { ...about, code: refusal.code, ...forLedger };
    if (leftover === void 0) await callState(() => deps.ledger(ledger).fail(order2.leaseId, facts));
    else await keep(commission2, leftover, { ...facts, credential_end: "still_to_end", lives_until: leftover.expiresAt }, deps);
    return err(refusal);
  }
  const recorded = await record2(commission2, minted.value, deps);
  if (recorded) return minted;
  await abandon(commission2, minted.value, deps);
  return err(LEDGER_UNAVAILABLE);
}
async function record2(commission2, made, deps) {
  const { order: order2, ledger } = commission2;
  const recorded = await callState(async () => {
    const handle = await sealed(commission2, made, deps);
    return deps.ledger(ledger).settle({
      lease: order2.leaseId,
      expiresAt: made.expiresAt,
      credential: made.credentialHash,
      ...handle === void 0 ? {} : { handle },
      facts: {
        ...aboutOf(commission2),
        expires_at: Math.min(order2.expiresAt, made.expiresAt),
        upstream_expires_at: made.expiresAt
      }
    });
  });
  return recorded.ok && recorded.value === "settled";
}
async function sealed({ order: order2, kindName }, { handle }, deps) {
  if (handle === void 0) return void 0;
  return sealHandle({ lease: order2.leaseId, kind: kindName, connection: order2.connection, handle }, deps);
}
function aboutOf({ record: { subject: subject2, decision, runId } }) {
  const { grant: grant2, workload: workload2, connection: connection6, kind } = subject2;
  return { grant: grant2, workload: workload2, connection: connection6, kind, decision, run_id: runId };
}
async function abandon(commission2, made, deps) {
  const { order: order2, kindName, ledger, record: record3 } = commission2;
  const credential3 = { lease: order2.leaseId, kind: kindName, connection: order2.connection, handle: made.handle ?? {} };
  const ended = made.handle === void 0 ? ok("already_gone") : await endCredential(credential3, deps);
  const detail = ended.ok ? ended.value : "still_to_end";
  deps.log({ event: "exchange", outcome: "abandoned", decision: record3.decision, lease: order2.leaseId, detail });
  const facts = { ...aboutOf(commission2), code: "ledger_unavailable", credential_end: detail };
  if (ended.ok) await callState(() => deps.ledger(ledger).fail(order2.leaseId, facts));
  else await keep(commission2, made, { ...facts, lives_until: made.expiresAt, detail: ended.error.detail }, deps);
}
async function keep(commission2, made, facts, deps) {
  const { order: order2, ledger, holder, record: asked5 } = commission2;
  const kept2 = await callState(async () => {
    const handle = await sealed(commission2, made, deps);
    const lease = {
      ...holder,
      id: order2.leaseId,
      state: "live",
      expiresAt: made.expiresAt,
      ...made.credentialHash === void 0 ? {} : { credential: made.credentialHash },
      ...handle === void 0 ? {} : { handle }
    };
    return deps.ledger(ledger).keep({ lease, subject: asked5.subject, facts });
  });
  if (kept2.ok) return;
  const detail = `may live until ${made.expiresAt}`;
  deps.log({ event: "exchange", outcome: "not_kept", decision: asked5.decision, lease: order2.leaseId, detail });
}

// worker/exchange.ts
var MAX_ROUNDS2 = 4;
async function exchange(presented, deps) {
  const held2 = await callState(() => currentPolicy(deps));
  if (!held2.ok) return unproven(held2.error);
  let policy = held2.value;
  for (let round = 0; round < MAX_ROUNDS2 && policy !== void 0; round++) {
    const outcome = await decideOnce({ ...presented, attempt: `${presented.decision}/${round}` }, policy, deps);
    if (!("stale" in outcome)) return outcome;
    const next = outcome.stale;
    const loaded = await callState(async () => next === null ? void 0 : policyOf(next, deps));
    if (!loaded.ok) return unproven(loaded.error);
    policy = loaded.value;
  }
  return unproven({ code: "policy_missing", retryAfter: POLICY_RETRY_AFTER });
}
var POLICY_RETRY_AFTER = 5;
async function decideOnce(presented, policy, deps) {
  const workload2 = await authenticate(presented.subjectToken, policy, deps);
  if (!workload2.ok) return await elsewhere(workload2.error, policy, deps) ?? unproven(workload2.error, isProven(workload2.error));
  const standing = { workload: workload2.value, policy, presented };
  const ask = readAsk(presented.form);
  if (!ask.ok) return refuse2(ask.error, standing, deps);
  const authorized = authorize(workload2.value, ask.value, { policy, config: deps.config });
  if (!authorized.ok) return refuse2(authorized.error, standing, deps);
  const order2 = commission({ ...standing, ask: ask.value, authorized: authorized.value }, deps);
  return order2.kind.minted === "broker" ? makeThenAdmit(order2, standing, deps) : admitThenMake(order2, standing, deps);
}
async function makeThenAdmit(order2, standing, deps) {
  const made = await mint(order2, deps);
  if (!made.ok) return refuse2(made.error, standing, deps);
  const admitted = await admitMade(order2, made.value, deps);
  return admitted.outcome === "admitted" ? ok({ commission: order2, made: made.value }) : notAdmitted(admitted, standing, deps);
}
async function admitThenMake(order2, standing, deps) {
  const admitted = await admitIntent(order2, deps);
  if (admitted.outcome !== "admitted") return notAdmitted(admitted, standing, deps);
  const settled = await settle2(order2, await mint(order2, deps), deps);
  return settled.ok ? ok({ commission: order2, made: settled.value }) : err({ refusal: settled.error, proven: true, workload: standing.workload });
}
function notAdmitted(admittance, { workload: workload2, policy }, deps) {
  if (admittance.outcome === "stale") return { stale: admittance.policy };
  if (admittance.outcome === "signer_revoked") {
    deps.keys.forget(admittance.kid);
    return { stale: policy.digest };
  }
  return err({ refusal: admittance.refusal, proven: true, workload: workload2 });
}
async function refuse2(refusal, standing, deps) {
  const { presented, policy, workload: workload2 } = standing;
  const recorded = await recordRefusal({ refusal, workload: workload2, policy, decision: presented.decision, form: presented.form }, deps);
  return recorded.outcome === "stale" ? { stale: recorded.policy } : err({ refusal: recorded.refusal, proven: true, workload: workload2 });
}
var DECIDED_BY_POLICY = [
  "issuer_untrusted",
  "key_unknown",
  "keys_unavailable",
  "signature_wrong",
  "audience_wrong",
  "token_too_old",
  "owner_outside_fence"
];
async function elsewhere(refusal, policy, deps) {
  if (!DECIDED_BY_POLICY.includes(refusal.code)) return void 0;
  const newer = await callState(() => newerPolicy(policy, deps));
  return newer.ok && newer.value !== void 0 ? { stale: newer.value.digest } : void 0;
}
function isProven({ code }) {
  return !["token_malformed", "issuer_untrusted", "key_unknown", "signature_wrong", "keys_unavailable"].includes(code);
}
function unproven(refusal, proven = false) {
  return err({ refusal, proven });
}

// worker/exchange-meter.ts
function startMeter(deps) {
  const { measure: measure2, nowMs } = deps;
  if (measure2 === void 0) return { deps, done: () => void 0 };
  const begun = nowMs();
  let hops = 0;
  const ledger = (name3) => {
    hops++;
    return deps.ledger(name3);
  };
  return { deps: { ...deps, ledger }, done: (end) => measure2({ ...end(), durationMs: nowMs() - begun, hops }) };
}

// worker/routes/token.ts
var MAX_REPORTED_CLAIMS = 100;
async function token(request2, deps) {
  const decision = randomId(deps);
  const meter = startMeter(deps);
  const form = await readForm(request2);
  const outcome = form.ok ? await exchangeForm(request2, form.value, decision, meter.deps) : err({ refusal: form.error, proven: false });
  meter.done(() => endOf(outcome, form.ok ? form.value.get(TOKEN_PARAMETERS.audience) : void 0, deps));
  if (outcome.ok) {
    reportNewClaims(outcome.value.commission.workload, deps);
    return jsonAnswer(answerOf(outcome.value, deps));
  }
  deps.log({ event: "exchange", outcome: "refused", decision, ...refusedLine(outcome.error) });
  return refusalAnswer(outcome.error.refusal, decision, outcome.error.proven);
}
async function exchangeForm(request2, form, decision, deps) {
  const subjectToken = readSubjectToken(form);
  if (!subjectToken.ok) return err({ refusal: subjectToken.error, proven: false });
  return exchange({ subjectToken: subjectToken.value, form, decision, callerAddress: callerAddress(request2, deps.config) }, deps);
}
function endOf(outcome, asked5, { policies }) {
  if (outcome.ok) {
    const { order: order2, kindName } = outcome.value.commission;
    return { outcome: "issued", code: "", grant: order2.grant, kind: kindName };
  }
  const { refusal, workload: workload2 } = outcome.error;
  const grant2 = workload2 === void 0 || asked5 === void 0 ? void 0 : policies.policy?.grant(asked5);
  return { outcome: "refused", code: refusal.code, grant: grant2?.name ?? "", kind: grant2?.connection.kind.name ?? "" };
}
function readSubjectToken(form) {
  const missing3 = (parameter, expected) => err({ code: "request_malformed", parameter, problem: "missing", expected });
  const grantType = form.get(TOKEN_PARAMETERS.grantType);
  if (grantType === void 0) return missing3(TOKEN_PARAMETERS.grantType, TOKEN_EXCHANGE_GRANT_TYPE);
  if (grantType !== TOKEN_EXCHANGE_GRANT_TYPE) return err({ code: "grant_type_unsupported" });
  const type = form.get(TOKEN_PARAMETERS.subjectTokenType);
  if (type === void 0) return missing3(TOKEN_PARAMETERS.subjectTokenType, ID_TOKEN_TYPE);
  if (type !== ID_TOKEN_TYPE && type !== JWT_TOKEN_TYPE) {
    return err({ code: "request_malformed", parameter: TOKEN_PARAMETERS.subjectTokenType, problem: "malformed", expected: ID_TOKEN_TYPE });
  }
  const subjectToken = form.get(TOKEN_PARAMETERS.subjectToken);
  return subjectToken === void 0 ? missing3(TOKEN_PARAMETERS.subjectToken, "the CI ID token") : ok(subjectToken);
}
function answerOf({ commission: commission2, made }, deps) {
  const { kind, order: order2, policy, rule } = commission2;
  const scope3 = isJsonObject(order2.scope) ? order2.scope : {};
  return {
    access_token: made.accessToken.reveal(),
    issued_token_type: kind.tokenType,
    token_type: kind.bearer,
    expires_in: Math.max(1, Math.min(order2.expiresAt, made.expiresAt) - nowSeconds(deps)),
    authorization_details: [{ type: kind.name, ...scope3 }],
    kind: kind.name,
    lease_id: order2.leaseId,
    policy: policy.digest,
    rule
  };
}
function refusedLine({ refusal, workload: workload2 }) {
  const detail = "detail" in refusal ? { detail: refusal.detail } : {};
  return { code: refusal.code, ...detail, ...workload2 === void 0 ? {} : { issuer: workload2.issuer.name } };
}
function reportNewClaims({ issuer: issuer2, token: { facts } }, deps) {
  const unknownClaims = facts.unknownClaims.filter((name3) => !deps.reportedClaims.has(name3));
  if (unknownClaims.length === 0 || deps.reportedClaims.size >= MAX_REPORTED_CLAIMS) return;
  for (const name3 of unknownClaims) deps.reportedClaims.add(name3);
  deps.log({ event: "exchange", outcome: "unknown_claims", issuer: issuer2.name, unknownClaims });
}

// shared/platforms/github-webhook.ts
var GITHUB_EVENTS = ["workflow_job", "workflow_run", "repository"];
var COMMON_MEMBERS = ["action", "repository", "organization", "enterprise", "installation", "sender", "changes"];
var OWN_MEMBERS = {
  workflow_job: ["workflow_job", "deployment"],
  workflow_run: ["workflow_run", "workflow"],
  repository: []
};
var REPOSITORY_CHANGES = [
  "renamed",
  "transferred",
  "archived",
  "unarchived",
  "deleted",
  "publicized",
  "privatized"
];
var WEB_PAGE = /^https?:\/\/([^/?#@\s]+)(?:\/|$)/;
var id4 = int().positive().transform(String);
var owner2 = looseObject({ id: id4, login: string2() }).transform(({ id: ownerId, login }) => ({ id: ownerId, name: login }));
var place3 = looseObject({
  action: string2(),
  repository: looseObject({ id: id4, name: string2(), full_name: string2(), html_url: string2().regex(WEB_PAGE), owner: owner2 })
});
var workflowJob = looseObject({
  id: id4,
  run_id: id4,
  run_attempt: int().positive().default(1),
  check_run_url: string2().default("")
});
var jobMessage = place3.extend({ action: literal("completed"), workflow_job: workflowJob });
var runMessage = place3.extend({
  action: literal("completed"),
  workflow_run: looseObject({ id: id4, run_attempt: int().positive().default(1) })
});
var formerOwner = union([
  looseObject({ user: owner2 }).transform(({ user }) => user),
  looseObject({ organization: owner2 }).transform(({ organization }) => organization)
]);
var repositoryMessage = discriminatedUnion("action", [
  place3.extend({
    action: literal("renamed"),
    changes: looseObject({ repository: looseObject({ name: looseObject({ from: string2() }) }) })
  }),
  place3.extend({
    action: literal("transferred"),
    changes: looseObject({ owner: looseObject({ from: formerOwner }) })
  }),
  place3.extend({ action: _enum(["archived", "unarchived", "deleted", "publicized", "privatized"]) })
]);
function readGithubNews(event, body) {
  const known = GITHUB_EVENTS.find((name3) => name3 === event);
  if (known === void 0) return ok("ignored");
  const message2 = place3.safeParse(body);
  if (!message2.success) return err(problemOf(message2.error));
  const { action } = message2.data;
  const isMeant = known === "repository" ? REPOSITORY_CHANGES.includes(action) : action === "completed";
  if (!isMeant) return ok("ignored");
  const strange = Object.keys(message2.data).find((name3) => ![...COMMON_MEMBERS, ...OWN_MEMBERS[known]].includes(name3));
  return strange === void 0 ? READERS[known](body) : err(`${strange}: no member of a ${known} event`);
}
var READERS = {
  workflow_job(body) {
    const read3 = jobMessage.safeParse(body);
    if (!read3.success) return err(problemOf(read3.error));
    const { id: jobId, run_id: runId, run_attempt: runAttempt, check_run_url: url2 } = read3.data.workflow_job;
    return ok({ ...placeOf2(read3.data), what: "job_completed", runId, runAttempt, jobs: [.../* @__PURE__ */ new Set([jobId, checkRunOf(url2) ?? jobId])] });
  },
  workflow_run(body) {
    const read3 = runMessage.safeParse(body);
    if (!read3.success) return err(problemOf(read3.error));
    const { id: runId, run_attempt: runAttempt } = read3.data.workflow_run;
    return ok({ ...placeOf2(read3.data), what: "run_completed", runId, runAttempt });
  },
  repository(body) {
    const read3 = repositoryMessage.safeParse(body);
    if (!read3.success) return err(problemOf(read3.error));
    const message2 = read3.data;
    const changed = { ...placeOf2(message2), what: "repository_changed", change: message2.action };
    if (message2.action === "renamed") return ok({ ...changed, formerName: message2.changes.repository.name.from });
    if (message2.action === "transferred") return ok({ ...changed, formerOwner: message2.changes.owner.from });
    return ok(changed);
  }
};
var CHECK_RUN = /\/check-runs\/([1-9][0-9]*)$/;
function checkRunOf(url2) {
  return CHECK_RUN.exec(url2)?.[1];
}
function placeOf2({ repository }) {
  const { id: repositoryId2, full_name: name3, html_url: url2, owner: repositoryOwner } = repository;
  return { host: hostOf(url2), owner: repositoryOwner, repository: { id: repositoryId2, name: name3 } };
}
function problemOf({ issues }) {
  const [first] = issues;
  return first === void 0 ? "not an object" : `${first.path.join(".") || "the body"}: ${first.message}`;
}
function hostOf(url2) {
  return (WEB_PAGE.exec(url2)?.[1] ?? "").toLowerCase();
}
function isIssuerOfHost(issuerUrl, host) {
  const issuerHost = hostOf(issuerUrl);
  if (host === "github.com") return issuerHost === "token.actions.githubusercontent.com";
  if (host.endsWith(".ghe.com")) return issuerHost === `token.actions.${host}`;
  return issuerUrl === `https://${host}/_services/token` || issuerUrl === `http://${host}`;
}

// worker/authenticate/webhook-signature.ts
var SIGNATURE = /^sha256=([0-9a-f]{64})$/;
var algorithm = { name: "HMAC", hash: "SHA-256" };
var textEncoder4 = new TextEncoder();
function isSignature(header) {
  return header !== null && SIGNATURE.test(header);
}
async function isSignedBy(secret, header, body) {
  const hex2 = SIGNATURE.exec(header)?.[1];
  if (hex2 === void 0) return false;
  const key = await crypto.subtle.importKey("raw", textEncoder4.encode(secret.reveal()), algorithm, false, ["verify"]);
  return crypto.subtle.verify("HMAC", key, Uint8Array.fromHex(hex2), body);
}

// worker/capped-bytes.ts
async function cappedBytes(body, maxBytes) {
  const chunks = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return void 0;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at3 = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at3);
    at3 += chunk.byteLength;
  }
  return bytes;
}

// worker/heed.ts
var ENDS_LEASES = {
  archived: true,
  deleted: true,
  transferred: true,
  publicized: true,
  renamed: false,
  unarchived: false,
  privatized: false
};
async function heed(delivery, deps) {
  const { news } = delivery;
  const names = await callState(() => deps.policyStore().ledgers());
  if (!names.ok) return names;
  const former = news.what === "repository_changed" ? news.formerOwner : void 0;
  const owners = former === void 0 ? [news.owner] : [former, news.owner];
  const outcomes = [];
  for (const owner3 of owners) {
    for (const ledger of ledgersOfOwner(names.value, owner3.id, (issuer2) => isIssuerOfHost(issuer2, news.host))) {
      const mayRecall = former === void 0 || owner3.id === former.id;
      const heeded = await heedIn(ledger, delivery, mayRecall, deps);
      if (!heeded.ok) return heeded;
      outcomes.push(heeded.value);
    }
  }
  return ok(sumOf(outcomes));
}
async function heedIn(ledger, { news, id: id5, digest: digest2 }, mayRecall, deps) {
  const recalls = mayRecall ? recallsOf(news) : void 0;
  const message2 = {
    mark: `webhook ${digest2}`,
    attempt: randomId(deps),
    entry: entryOf3(news, id5),
    ...recalls === void 0 ? {} : { recalls }
  };
  const heeded = await callState(() => deps.ledger(ledger).heed(message2));
  if (heeded.ok && heeded.value.outcome === "heeded") report2(news, heeded.value.leases, deps);
  return heeded;
}
function sumOf(outcomes) {
  if (outcomes.length === 0) return { outcome: "not_served" };
  const heeded = outcomes.filter((one) => one.outcome === "heeded");
  return heeded.length === 0 ? { outcome: "repeated" } : { outcome: "heeded", leases: heeded.reduce((sum, { leases }) => sum + leases, 0) };
}
function recallsOf(news) {
  switch (news.what) {
    case "job_completed":
      return { leases: { job: news.jobs }, cause: news.what };
    case "run_completed":
      return { leases: { run: news.runId, upToAttempt: news.runAttempt }, cause: news.what };
    case "repository_changed":
      return ENDS_LEASES[news.change] ? { leases: { repository: news.repository.id }, cause: `repository_${news.change}` } : void 0;
  }
}
function entryOf3(news, delivery) {
  const where = { repository: news.repository.name, repository_id: news.repository.id, delivery };
  switch (news.what) {
    case "job_completed":
      return { type: "recalled", cause: news.what, ...where, run_id: news.runId, run_attempt: news.runAttempt, job: news.jobs[0] ?? "" };
    case "run_completed":
      return { type: "recalled", cause: news.what, ...where, run_id: news.runId, run_attempt: news.runAttempt };
    case "repository_changed":
      return {
        type: "repository_changed",
        change: news.change,
        ...where,
        owner: news.owner.name,
        owner_id: news.owner.id,
        ...news.formerName === void 0 ? {} : { former_name: news.formerName },
        ...news.formerOwner === void 0 ? {} : { former_owner: news.formerOwner.name, former_owner_id: news.formerOwner.id }
      };
  }
}
function report2(news, count4, deps) {
  const isChange = news.what === "repository_changed";
  if (!isChange && count4 === 0) return;
  const outcome = isChange ? `repository_${news.change}` : news.what;
  deps.log({ event: "webhook", outcome, count: count4, detail: isChange ? `repository ${news.repository.id}` : `run ${news.runId}` });
}

// worker/routes/webhooks.ts
var MAX_BODY_BYTES2 = 1024 * 1024;
var JSON_TYPE2 = /^application\/json(?:\s*;|\s*$)/i;
var EVENT = /^[a-z_]{1,64}$/;
var DELIVERY = /^[A-Za-z0-9-]{1,64}$/;
async function githubWebhook(request2, deps) {
  const { webhookSecret } = deps.config;
  if (webhookSecret === void 0) return problemAnswer(NOT_SET_UP);
  const head = readHead(request2.headers);
  const body = head.ok ? await signedBody(request2, head.value, webhookSecret) : head;
  if (!head.ok || !body.ok) return refused5(body.ok ? MALFORMED : body.error, deps);
  if (head.value.event === "ping") return jsonAnswer({ event: "ping" });
  const news = readNews(head.value.event, body.value);
  if (!news.ok) return refused5(news.error, deps);
  if (news.value === "ignored") return ignored("this event says nothing about leases");
  const digest2 = new Uint8Array(await crypto.subtle.digest("SHA-256", body.value)).toHex();
  const heeded = await heed({ news: news.value, id: head.value.delivery, digest: digest2 }, deps);
  return heeded.ok ? answerOf2(heeded.value, news.value) : problemAnswer(UNAVAILABLE2);
}
var NOT_SET_UP = {
  status: 404,
  title: "The webhook is not set up",
  detail: "This broker has no WEBHOOK_SECRET. Leases end at their lifetime without it; docs/deploy.md says how to set it."
};
var MALFORMED = { status: 400, title: "Not a delivery of GitHub", detail: "X-GitHub-Event and X-GitHub-Delivery are expected." };
var UNSIGNED = {
  status: 401,
  title: "The signature was not accepted",
  detail: "Expected X-Hub-Signature-256: sha256=… over the body as it was sent, made with the WEBHOOK_SECRET of this broker."
};
var NOT_JSON = {
  status: 415,
  title: "Not a JSON body",
  detail: "Set the content type of the webhook to application/json; form-encoded deliveries are not read."
};
var TOO_LARGE = {
  status: 413,
  title: "The delivery is too large",
  detail: `At most ${MAX_BODY_BYTES2} bytes. Send only the events workflow_job, workflow_run and repository.`
};
var REPEATED = {
  status: 409,
  title: "This delivery was handled before",
  detail: "The same signed message is on record, and nothing was done again."
};
var UNAVAILABLE2 = {
  status: 503,
  title: "The delivery could not be put on record",
  detail: "Nothing is lost that its lifetime does not end. Deliver it again.",
  headers: { "retry-after": "5" }
};
function readHead(headers) {
  if (!JSON_TYPE2.test(headers.get("content-type") ?? "")) return err(NOT_JSON);
  const event = headers.get("x-github-event") ?? "";
  const delivery = headers.get("x-github-delivery") ?? "";
  if (!EVENT.test(event) || !DELIVERY.test(delivery)) return err(MALFORMED);
  const signature = headers.get("x-hub-signature-256");
  if (!isSignature(signature)) return err(UNSIGNED);
  if (Number(headers.get("content-length") ?? "0") > MAX_BODY_BYTES2) return err(TOO_LARGE);
  return ok({ event, delivery, signature });
}
async function signedBody(request2, { signature }, secret) {
  const body = await cappedBytes(request2.body, MAX_BODY_BYTES2);
  if (body === void 0) return err(TOO_LARGE);
  return await isSignedBy(secret, signature, body) ? ok(body) : err(UNSIGNED);
}
function readNews(event, body) {
  const json2 = parseStrictJson(new TextDecoder().decode(body));
  if (!json2.ok) return err({ status: 400, title: "The body is not usable JSON", detail: json2.error });
  const news = readGithubNews(event, json2.value);
  return news.ok ? news : err({ status: 422, title: `The ${event} event was not understood`, detail: news.error });
}
function answerOf2(heeded, { what }) {
  if (heeded.outcome === "not_served") return ignored("no ledger of this broker is about the owner");
  return heeded.outcome === "repeated" ? problemAnswer(REPEATED) : jsonAnswer({ [what]: true, leases: heeded.leases });
}
function ignored(why) {
  return new Response(JSON.stringify({ ignored: why }), {
    status: 202,
    headers: { "content-type": "application/json", "cache-control": "no-store" }
  });
}
function refused5(problem, deps) {
  deps.log({ event: "webhook", outcome: "refused", status: problem.status, detail: problem.title });
  return problemAnswer(problem);
}

// worker/routes/well-known.ts
var METADATA_MAX_AGE = 3600;
var KEYS_MAX_AGE = 60;
async function metadata(_request, deps) {
  const { origin: origin2 } = deps.config;
  const body = {
    issuer: origin2,
    token_endpoint: `${origin2}/token`,
    revocation_endpoint: `${origin2}/revoke`,
    introspection_endpoint: `${origin2}/introspect`,
    jwks_uri: `${origin2}/.well-known/jwks.json`,
    grant_types_supported: [TOKEN_EXCHANGE_GRANT_TYPE],
    response_types_supported: ["none"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256", "RS256"],
    token_endpoint_auth_methods_supported: ["none"],
    subject_token_types_supported: [ID_TOKEN_TYPE],
    claims_supported: ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "ci"]
  };
  return cacheable(body, METADATA_MAX_AGE);
}
async function jwks(_request, deps) {
  return withKeys(async () => cacheable({ keys: await deps.keys.publicKeys() }, KEYS_MAX_AGE, "application/jwk-set+json"));
}
async function sshAuthority(_request, deps, name3) {
  const policy = await callState(() => currentPolicy(deps));
  if (!policy.ok) return storeUnreachable();
  if (policy.value?.connection(name3)?.kind.name !== "ssh-cert")
    return problemAnswer({
      status: 404,
      title: "No such certificate authority",
      detail: "The active policy has no ssh-cert connection of that name."
    });
  return withKeys(async () => {
    const authorities2 = await deps.keys.publicAuthorities(name3);
    return new Response(authorities2.map((publicKey) => `${ed25519Line(publicKey, name3)}
`).join(""), {
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": `public, max-age=${KEYS_MAX_AGE}` }
    });
  });
}
async function withKeys(answer) {
  try {
    return await answer();
  } catch (failure2) {
    if (!isKeysUnavailable(failure2)) throw failure2;
    return problemAnswer({ status: 503, title: "The keys cannot be had at the moment", headers: { "retry-after": "5" } });
  }
}
function cacheable(body, maxAge, type = "application/json") {
  return new Response(JSON.stringify(body), { headers: { "content-type": type, "cache-control": `public, max-age=${maxAge}` } });
}

// worker/app.ts
var RATE_LIMIT_RETRY_AFTER = 60;
function makeApp(deps) {
  const app2 = new Hono3();
  app2.post("/webhooks/github", (context) => githubWebhook(context.req.raw, deps));
  app2.use(async (context, next) => {
    const limited = await isLimited(context.req.raw, deps);
    if (!limited) return next();
    return refuse({ code: "too_many_requests", retryAfter: RATE_LIMIT_RETRY_AFTER }, false, {
      event: "brake",
      decision: randomId(deps),
      deps
    });
  });
  app2.post("/token", (context) => token(context.req.raw, deps));
  app2.post("/revoke", (context) => revoke(context.req.raw, deps));
  app2.post("/introspect", (context) => introspect(context.req.raw, deps));
  app2.get("/.well-known/oauth-authorization-server", (context) => metadata(context.req.raw, deps));
  app2.get("/.well-known/openid-configuration", (context) => metadata(context.req.raw, deps));
  app2.get("/.well-known/jwks.json", (context) => jwks(context.req.raw, deps));
  app2.get("/.well-known/ssh-ca/:connection", (context) => sshAuthority(context.req.raw, deps, context.req.param("connection")));
  app2.get("/healthz", (context) => healthz(context.req.raw, deps));
  app2.put("/policy", (context) => putPolicy(context.req.raw, deps));
  app2.get("/policy", (context) => getPolicy(context.req.raw, deps));
  app2.post("/policy/plan", (context) => planPolicy(context.req.raw, deps));
  app2.get("/policy/history", (context) => getPolicyHistory(context.req.raw, deps));
  app2.get("/proposals", (context) => getProposals(context.req.raw, deps));
  app2.post("/proposals/:id/confirm", (context) => confirmProposal(context.req.raw, deps, context.req.param("id")));
  app2.get("/ledger", (context) => getLedger(context.req.raw, deps));
  app2.get("/ledger/checkpoint", (context) => getCheckpoint(context.req.raw, deps));
  app2.get("/ledger/sinks", (context) => getSinks(context.req.raw, deps));
  app2.get("/metrics", (context) => getMetrics(context.req.raw, deps));
  app2.get("/inventory", (context) => getInventory(context.req.raw, deps));
  app2.get("/leases", (context) => getLeases(context.req.raw, deps));
  app2.post("/leases/revoke", (context) => revokeLeases(context.req.raw, deps));
  app2.post("/break-glass", (context) => postBreakGlass(context.req.raw, deps));
  app2.get("/freezes", (context) => getFreezes(context.req.raw, deps));
  app2.put("/freezes", (context) => putFreeze(context.req.raw, deps));
  app2.delete("/freezes", (context) => deleteFreeze(context.req.raw, deps));
  app2.get("/keys", (context) => getKeys(context.req.raw, deps));
  app2.post("/keys/rotate", (context) => rotateKey(context.req.raw, deps));
  app2.post("/keys/revoke", (context) => revokeKey(context.req.raw, deps));
  app2.post("/keys/reseal", (context) => resealAll(context.req.raw, deps));
  app2.notFound(() => problemAnswer({ status: 404, title: "No such endpoint" }));
  app2.onError((fault) => {
    const decision = randomId(deps);
    deps.log({ event: "fault", outcome: "fault", decision, detail: `${fault.name} at ${placeOf3(fault)}` });
    return Response.json(
      { error: "server_error", error_description: "Something is wrong with the broker itself.", decision_id: decision },
      { status: 500, headers: { "cache-control": "no-store" } }
    );
  });
  return app2;
}
async function isLimited(request2, deps) {
  if (deps.rateLimit === void 0) return false;
  const address2 = callerAddress(request2, deps.config);
  return address2 !== void 0 && !await deps.rateLimit(address2);
}
function placeOf3(fault) {
  return /^\s+at (.{1,200})$/m.exec(fault.stack ?? "")?.[1] ?? "an unknown place";
}

// worker/build-deps.ts
import { waitUntil } from "cloudflare:workers";

// worker/authenticate/key-set-cache.ts
function createKeySets() {
  return { fetched: /* @__PURE__ */ new Map(), inline: /* @__PURE__ */ new WeakMap() };
}

// worker/authorize/held-policy.ts
function createHeldPolicy() {
  return { policy: void 0, lookedAt: 0 };
}

// worker/exchange-point.ts
function writePoints(dataset) {
  return ({ outcome, code, grant: grant2, kind, durationMs, hops }) => {
    try {
      dataset.writeDataPoint({ blobs: [outcome, code, grant2, kind], doubles: [durationMs, hops], indexes: [grant2] });
    } catch {
    }
  };
}

// worker/keys/isolate-keys.ts
import { Buffer as Buffer7 } from "node:buffer";

// worker/state/keyring-port.ts
function signingKeyPlace(kid) {
  return `signing-key/${kid}`;
}
function ed25519Place(purpose) {
  return purpose === "checkpoint" ? "ssh-ca/@checkpoint" : `ssh-ca/${purpose.slice("ssh-ca:".length)}`;
}

// worker/keys/key-pairs.ts
import { Buffer as Buffer6 } from "node:buffer";
var EC_PARAMETERS = { name: "ECDSA", namedCurve: "P-256" };
var RSA_PARAMETERS = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
var RSA_MODULUS_BITS = 2048;
var ED25519 = { name: "Ed25519" };
async function makeSigningKey(algorithm3) {
  return algorithm3 === "ES256" ? makeEcKey() : makeRsaKey();
}
async function makeEcKey() {
  const pair = await pairOf(crypto.subtle.generateKey(EC_PARAMETERS, true, ["sign", "verify"]));
  const { x = "", y = "" } = await exportJwk(pair.publicKey);
  const members4 = { kty: "EC", crv: "P-256", x, y };
  const kid = await calculateJwkThumbprint(members4, "sha256");
  return { publicJwk: { ...members4, kid, alg: "ES256", use: "sig" }, pkcs8: await exportPkcs8(pair.privateKey) };
}
async function makeRsaKey() {
  const parameters2 = { ...RSA_PARAMETERS, modulusLength: RSA_MODULUS_BITS, publicExponent: new Uint8Array([1, 0, 1]) };
  const pair = await pairOf(crypto.subtle.generateKey(parameters2, true, ["sign", "verify"]));
  const { n = "", e = "" } = await exportJwk(pair.publicKey);
  const members4 = { kty: "RSA", n, e };
  const kid = await calculateJwkThumbprint(members4, "sha256");
  return { publicJwk: { ...members4, kid, alg: "RS256", use: "sig" }, pkcs8: await exportPkcs8(pair.privateKey) };
}
async function importSigningKey(algorithm3, kid, pkcs8) {
  const parameters2 = algorithm3 === "ES256" ? EC_PARAMETERS : RSA_PARAMETERS;
  return { kid, algorithm: algorithm3, privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, parameters2, false, ["sign"]) };
}
async function makeEd25519Key() {
  const pair = await pairOf(crypto.subtle.generateKey(ED25519, true, ["sign", "verify"]));
  const { x = "" } = await exportJwk(pair.publicKey);
  return { publicKey: new Uint8Array(Buffer6.from(x, "base64url")), pkcs8: await exportPkcs8(pair.privateKey) };
}
async function importEd25519Key(publicKey, pkcs8) {
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, ED25519, false, ["sign"]);
  return {
    publicKey,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(ED25519, privateKey, new Uint8Array(bytes)))
  };
}
async function pairOf(generated) {
  const pair = await generated;
  if (!("privateKey" in pair)) throw new Error("the platform made a single key where a pair was asked for");
  return pair;
}
async function exportJwk(key) {
  const exported = await crypto.subtle.exportKey("jwk", key);
  if (exported instanceof ArrayBuffer) throw new Error("the platform exported bytes where a JWK was asked for");
  return exported;
}
async function exportPkcs8(key) {
  const exported = await crypto.subtle.exportKey("pkcs8", key);
  if (!(exported instanceof ArrayBuffer)) throw new Error("the platform exported a JWK where bytes were asked for");
  return new Uint8Array(exported);
}

// worker/keys/isolate-keys.ts
var REFRESH_AFTER_MS = 5 * 6e4;
var REFRESH_PUBLIC_AFTER_MS = 3e4;
var STALE_AFTER_MS = 60 * 6e4;
function isolateKeys(deps) {
  const signingKeys = /* @__PURE__ */ new Map();
  const authorities2 = /* @__PURE__ */ new Map();
  const keySets = /* @__PURE__ */ new Map();
  const authoritySets = /* @__PURE__ */ new Map();
  const asked5 = { ...deps, refreshAfterMs: REFRESH_AFTER_MS };
  const askedOften = { ...deps, refreshAfterMs: REFRESH_PUBLIC_AFTER_MS };
  return {
    signingKey: (algorithm3) => held(signingKeys, algorithm3, asked5, async () => {
      const { kid, sealed: sealed2 } = readable(await deps.keyring().signingKey(algorithm3));
      return importSigningKey(algorithm3, kid, await opened(deps.sealing, signingKeyPlace(kid), sealed2));
    }),
    certificateAuthority: (connectionName) => held(authorities2, connectionName, asked5, async () => {
      const purpose = `ssh-ca:${connectionName}`;
      const key = await openedKey(purpose, readable(await deps.keyring().certificateAuthority(connectionName)), deps);
      return { ...key, kid: ed25519Kid(purpose, key.publicKey) };
    }),
    checkpointKey: () => held(/* @__PURE__ */ new Map(), "checkpoint", asked5, async () => openedKey("checkpoint", readable(await deps.keyring().checkpointKey()), deps)),
    publicKeys: () => held(keySets, "all", askedOften, async () => {
      const keyring = deps.keyring();
      const signing = (await keyring.publicKeys()).map((jwk) => ({ ...jwk }));
      return [...signing, ...(await keyring.publicEd25519Keys("checkpoint")).map((key) => checkpointJwk(bytesOf(key)))];
    }),
    publicAuthorities: (connectionName) => held(
      authoritySets,
      connectionName,
      askedOften,
      async () => (await deps.keyring().publicEd25519Keys(`ssh-ca:${connectionName}`)).map(bytesOf)
    ),
    forget(kid) {
      for (const cache2 of [signingKeys, authorities2]) {
        for (const [name3, { value }] of cache2) if (value.kid === kid) cache2.delete(name3);
      }
      keySets.clear();
      authoritySets.clear();
    }
  };
}
function checkpointJwk(publicKey) {
  const x = Buffer7.from(publicKey).toString("base64url");
  return { kty: "OKP", crv: "Ed25519", x, kid: ed25519Kid("checkpoint", publicKey), alg: "EdDSA", use: "sig" };
}
async function held(cache2, name3, { nowMs, refreshAfterMs }, fetchKey) {
  const known = cache2.get(name3);
  const isYoungerThan2 = (ms) => known !== void 0 && Math.abs(nowMs() - known.fetchedAt) < ms;
  if (known !== void 0 && isYoungerThan2(refreshAfterMs)) return known.value;
  try {
    const value = await fetchKey();
    cache2.set(name3, { value, fetchedAt: nowMs() });
    return value;
  } catch (error2) {
    if (known !== void 0 && cache2.get(name3) === known && isYoungerThan2(STALE_AFTER_MS)) return known.value;
    throw keysUnavailable(error2 instanceof Error ? error2.message : "the keyring could not be reached");
  }
}
function readable(result) {
  if (!result.ok) throw keysUnavailable("the keys were sealed under another SEALING_KEY");
  return result.value;
}
async function openedKey(purpose, { publicKey, sealed: sealed2 }, deps) {
  return importEd25519Key(bytesOf(publicKey), await opened(deps.sealing, ed25519Place(purpose), sealed2));
}
async function opened(sealing, place4, sealed2) {
  const plaintext = await sealing.open(place4, sealed2);
  if (!plaintext.ok) throw keysUnavailable(`a sealed key did not open: ${plaintext.error}`);
  return plaintext.value;
}
function bytesOf(base643) {
  return new Uint8Array(Buffer7.from(base643, "base64"));
}

// worker/keys/sealing.ts
import { Buffer as Buffer8 } from "node:buffer";
import { createHash as createHash6 } from "node:crypto";
var KEY_BYTES = 32;
var IV_BYTES = 12;
var TAG_BYTES = 16;
var SEAL = /^s1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;
var textEncoder5 = new TextEncoder();
function makeSealing(current, previous) {
  const currentKey = sealingKey2("SEALING_KEY", current);
  const previousKey = previous === void 0 ? void 0 : sealingKey2("SEALING_KEY_PREVIOUS", previous);
  const keyById = (id5) => [currentKey, previousKey].find((key) => key?.id === id5);
  return {
    currentPrefix: `s1.${currentKey.id}.`,
    async seal(place4, plaintext) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const text8 = await crypto.subtle.encrypt(algorithm2(place4, iv), await currentKey.crypto(), new Uint8Array(plaintext));
      return `${this.currentPrefix}${Buffer8.concat([iv, new Uint8Array(text8)]).toString("base64url")}`;
    },
    async open(place4, sealed2) {
      const [, id5 = "", body = ""] = SEAL.exec(sealed2) ?? [];
      const bytes = new Uint8Array(Buffer8.from(body, "base64url"));
      if (bytes.length < IV_BYTES + TAG_BYTES) return err("malformed");
      const key = keyById(id5);
      if (key === void 0) return err("unknown_key");
      return decrypt(await key.crypto(), algorithm2(place4, bytes.subarray(0, IV_BYTES)), bytes.subarray(IV_BYTES));
    },
    keyOf(sealed2) {
      const [, id5 = ""] = SEAL.exec(sealed2) ?? [];
      if (id5 === currentKey.id) return "current";
      return id5 === previousKey?.id ? "previous" : "unknown";
    }
  };
}
function sealingKey2(name3, secret) {
  const text8 = secret.reveal();
  const bytes = new Uint8Array(Buffer8.from(text8, "base64"));
  if (bytes.length !== KEY_BYTES || Buffer8.from(bytes).toString("base64") !== text8) {
    throw new Error(`${name3}: 32 bytes in base64 (openssl rand -base64 32)`);
  }
  const id5 = createHash6("sha256").update("jobpass sealing key id\0").update(bytes).digest("hex").slice(0, 8);
  let imported;
  return {
    id: id5,
    crypto: async () => {
      imported ??= await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      return imported;
    }
  };
}
function algorithm2(place4, iv) {
  return { name: "AES-GCM", iv, additionalData: textEncoder5.encode(`jobpass seal 1\0${place4}`) };
}
async function decrypt(key, parameters2, bytes) {
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt(parameters2, key, bytes)));
  } catch {
    return err("damaged");
  }
}

// worker/log.ts
var MAX_CHARACTERS2 = 400;
var MAX_NAMES = 50;
var REFUSALS_WRITTEN_PER_MINUTE = 60;
var MINUTE_MS = 6e4;
function makeLog(write2, nowMs) {
  let minute = 0;
  let written = 0;
  const counted4 = /* @__PURE__ */ new Map();
  const put = (line2) => write2(JSON.stringify(line2, bounded));
  const turn = (now2) => {
    if (now2 === minute) return;
    for (const line2 of counted4.values()) put(line2);
    counted4.clear();
    minute = now2;
    written = 0;
  };
  return (line2) => {
    if (line2.outcome !== "refused") return put(line2);
    turn(Math.floor(nowMs() / MINUTE_MS));
    if (written++ < REFUSALS_WRITTEN_PER_MINUTE) return put(line2);
    const { event, code, issuer: issuer2 } = line2;
    const key = JSON.stringify([event, code, issuer2]);
    const named4 = { ...code === void 0 ? {} : { code }, ...issuer2 === void 0 ? {} : { issuer: issuer2 } };
    counted4.set(key, { event, outcome: "refusals_counted", ...named4, count: (counted4.get(key)?.count ?? 0) + 1 });
  };
}
function bounded(_name, value) {
  if (typeof value === "string" && value.length > MAX_CHARACTERS2) return `${value.slice(0, MAX_CHARACTERS2)}…`;
  return Array.isArray(value) && value.length > MAX_NAMES ? value.slice(0, MAX_NAMES) : value;
}

// worker/build-deps.ts
function buildDeps(env2) {
  const config2 = readConfig(env2);
  const sealing = makeSealing(config2.sealingKey, config2.sealingKeyPrevious);
  const nowMs = () => Date.now();
  const keyring = () => env2.KEYRING.getByName("keyring");
  const { RATE_LIMIT: brake, METRICS: dataset } = env2;
  return {
    config: config2,
    nowMs,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    fetch: (input, init) => fetch(input, init),
    keySets: createKeySets(),
    policies: createHeldPolicy(),
    reportedClaims: /* @__PURE__ */ new Set(),
    health: { last: void 0, askedAt: 0 },
    keys: isolateKeys({ keyring, sealing, nowMs }),
    sealing,
    keyring,
    ledger: (name3) => env2.LEDGER.getByName(name3),
    policyStore: () => env2.POLICY_STORE.getByName("policy"),
    rateLimit: brake === void 0 || config2.isLoopback ? void 0 : async (address2) => (await brake.limit({ key: address2 })).success,
    afterAnswer: (work) => waitUntil(work),
    // biome-ignore lint/suspicious/noConsole: the runtime's log is standard output, and this is the one door to it
    log: makeLog((text8) => console.log(text8), nowMs),
    measure: dataset === void 0 ? void 0 : writePoints(dataset)
  };
}

// worker/state/keyring.ts
import { DurableObject } from "cloudflare:workers";

// worker/state/keyring-make.ts
import { Buffer as Buffer9 } from "node:buffer";
async function makeKey(key) {
  if (key === "signing:ES256" || key === "signing:RS256") {
    const { publicJwk: publicJwk2, pkcs8: pkcs82 } = await makeSigningKey(key === "signing:ES256" ? "ES256" : "RS256");
    return { kid: publicJwk2.kid, publicHalf: JSON.stringify(publicJwk2), pkcs8: pkcs82 };
  }
  const { publicKey, pkcs8 } = await makeEd25519Key();
  return { kid: ed25519Kid(key, publicKey), publicHalf: Buffer9.from(publicKey).toString("base64"), pkcs8 };
}

// worker/state/keyring-rows.ts
import { Buffer as Buffer10 } from "node:buffer";

// worker/state/keyring-schema.ts
var KEYRING_SCHEMA = `
  CREATE TABLE IF NOT EXISTS signing_key (kid TEXT PRIMARY KEY, algorithm TEXT NOT NULL, use_from INTEGER NOT NULL, public_jwk TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS signing_key_made (kid TEXT PRIMARY KEY, made_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ed25519_key (kid TEXT PRIMARY KEY, purpose TEXT NOT NULL, made_at INTEGER NOT NULL, use_from INTEGER NOT NULL, public_key TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ssh_authority (connection TEXT PRIMARY KEY, public_key TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS revoked_key (kid TEXT PRIMARY KEY, key TEXT NOT NULL, use_from INTEGER NOT NULL, revoked_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS succession (key TEXT PRIMARY KEY, recorded TEXT, why TEXT, ordered_by TEXT, reason TEXT, act TEXT, successor TEXT, predecessor TEXT, signs_from INTEGER) WITHOUT ROWID;
`;
var members3 = { kid: string2(), use: literal("sig") };
var publicJwk = discriminatedUnion("kty", [
  strictObject({ ...members3, kty: literal("EC"), alg: literal("ES256"), crv: literal("P-256"), x: string2(), y: string2() }),
  strictObject({ ...members3, kty: literal("RSA"), alg: literal("RS256"), n: string2(), e: string2() })
]);
function readPublicJwk(text8) {
  return publicJwk.parse(JSON.parse(text8));
}
var keyName2 = union([_enum(["signing:ES256", "signing:RS256", "checkpoint"]), templateLiteral(["ssh-ca:", string2().min(1)])]);
function readKeyName(text8) {
  return keyName2.parse(text8);
}

// worker/state/keyring-rows.ts
var SIGNING = "signing:";
var CHECKPOINT_AUTHORITY = "@checkpoint";
var SIGNING_NAMES = ["signing:ES256", "signing:RS256"];
function signingAlgorithm(key) {
  return key === "signing:ES256" ? "ES256" : key === "signing:RS256" ? "RS256" : void 0;
}
function algorithmOf(key) {
  return signingAlgorithm(key) ?? "Ed25519";
}
function placeOf4({ key, kid }) {
  return key === "signing:ES256" || key === "signing:RS256" ? signingKeyPlace(kid) : ed25519Place(key);
}
function keyNames(sql) {
  const rows = sql.exec(
    `SELECT DISTINCT '${SIGNING}' || algorithm AS name FROM signing_key UNION SELECT DISTINCT purpose FROM ed25519_key`
  ).toArray();
  return rows.map(({ name: name3 }) => readKeyName(name3));
}
function keysOf3(sql, key) {
  const algorithm3 = signingAlgorithm(key);
  if (algorithm3 === void 0) {
    const rows2 = sql.exec("SELECT * FROM ed25519_key WHERE purpose = ?", key).toArray();
    return rows2.map((row) => ({
      key,
      kid: row.kid,
      madeAt: row.made_at,
      useFrom: row.use_from,
      publicHalf: row.public_key,
      sealed: row.sealed
    }));
  }
  const query = "SELECT signing_key.*, made_at FROM signing_key LEFT JOIN signing_key_made USING (kid) WHERE algorithm = ?";
  const rows = sql.exec(query, algorithm3).toArray();
  return rows.map((row) => ({
    key,
    kid: row.kid,
    madeAt: row.made_at,
    useFrom: row.use_from,
    publicHalf: row.public_jwk,
    sealed: row.sealed
  }));
}
function insertKey(sql, { key, kid, madeAt, useFrom, publicHalf, sealed: sealed2 }) {
  const algorithm3 = signingAlgorithm(key);
  if (algorithm3 === void 0) {
    const values2 = [kid, key, madeAt, useFrom, publicHalf, sealed2];
    sql.exec("INSERT INTO ed25519_key (kid, purpose, made_at, use_from, public_key, sealed) VALUES (?, ?, ?, ?, ?, ?)", ...values2);
    return;
  }
  const values = [kid, algorithm3, useFrom, publicHalf, sealed2];
  sql.exec("INSERT INTO signing_key (kid, algorithm, use_from, public_jwk, sealed) VALUES (?, ?, ?, ?, ?)", ...values);
  sql.exec("INSERT OR REPLACE INTO signing_key_made (kid, made_at) VALUES (?, ?)", kid, madeAt);
}
function setUseFrom(sql, { key, kid }, useFrom) {
  sql.exec(`UPDATE ${tableOf(key)} SET use_from = ? WHERE kid = ?`, useFrom, kid);
}
function destroyPrivateHalf(sql, { key, kid }) {
  sql.exec(`UPDATE ${tableOf(key)} SET sealed = '' WHERE kid = ? AND sealed <> ''`, kid);
}
function deleteKey(sql, { key, kid, publicHalf }) {
  sql.exec(`DELETE FROM ${tableOf(key)} WHERE kid = ?`, kid);
  sql.exec("DELETE FROM signing_key_made WHERE kid = ?", kid);
  sql.exec("DELETE FROM ssh_authority WHERE public_key = ?", publicHalf);
}
function replaceSeal(sql, { key, kid, sealed: sealed2 }, renewed) {
  sql.exec(`UPDATE ${tableOf(key)} SET sealed = ? WHERE kid = ? AND sealed = ?`, renewed, kid, sealed2);
}
function insertRevoked(sql, { key, kid, useFrom }, now2) {
  sql.exec("INSERT INTO revoked_key (kid, key, use_from, revoked_at) VALUES (?, ?, ?, ?)", kid, key, useFrom, now2);
}
function revokedKeys(sql) {
  const rows = sql.exec("SELECT * FROM revoked_key ORDER BY revoked_at, kid").toArray();
  return rows.map((row) => ({ key: readKeyName(row.key), kid: row.kid, useFrom: row.use_from, revokedAt: row.revoked_at }));
}
function adoptFirstVersion(sql, now2) {
  for (const { connection: connection6, public_key, sealed: sealed2 } of sql.exec("SELECT * FROM ssh_authority").toArray()) {
    const key = connection6 === CHECKPOINT_AUTHORITY ? "checkpoint" : `ssh-ca:${connection6}`;
    if (keysOf3(sql, key).length > 0) continue;
    const kid = ed25519Kid(key, new Uint8Array(Buffer10.from(public_key, "base64")));
    insertKey(sql, { key, kid, madeAt: now2, useFrom: now2, publicHalf: public_key, sealed: sealed2 });
  }
}
function keepForFirstVersion(sql, { key, publicHalf, sealed: sealed2 }) {
  if (signingAlgorithm(key) !== void 0) return;
  const connection6 = key === "checkpoint" ? CHECKPOINT_AUTHORITY : key.slice("ssh-ca:".length);
  const insert = "INSERT INTO ssh_authority (connection, public_key, sealed) VALUES (?, ?, ?)";
  const change3 = "ON CONFLICT (connection) DO UPDATE SET public_key = excluded.public_key, sealed = excluded.sealed";
  sql.exec(`${insert} ${change3} WHERE sealed <> excluded.sealed`, connection6, publicHalf, sealed2);
}
function tableOf(key) {
  return signingAlgorithm(key) === void 0 ? "ed25519_key" : "signing_key";
}

// worker/state/keyring-schedule.ts
var HOUR = 3600;
var DAY = 86400;
var PUBLISHED_BEFORE_USE = DAY;
var PUBLISHED_AFTER_USE = Math.max(DAY, jwt.lifetime.max + 2 * HOUR, sshCert.lifetime.max + 2 * HOUR);
var TENDED_EVERY = DAY;
var SIGNING_SCHEDULE = { rotation: 30 * DAY, publishedBefore: PUBLISHED_BEFORE_USE, publishedAfter: PUBLISHED_AFTER_USE };
var AUTHORITY_SCHEDULE = { rotation: 365 * DAY, publishedBefore: 30 * DAY, publishedAfter: PUBLISHED_AFTER_USE };
var CHECKPOINT_SCHEDULE = {
  rotation: AUTHORITY_SCHEDULE.rotation,
  publishedBefore: PUBLISHED_BEFORE_USE,
  publishedAfter: Number.POSITIVE_INFINITY
};
function phasesOf(keys, now2, publishedAfter = PUBLISHED_AFTER_USE) {
  const sorted = keys.toSorted((a, b) => a.useFrom - b.useFrom);
  const oldestThatCanSign = sorted.findIndex(({ sealed: sealed2 }) => sealed2 !== "");
  const used = sorted.filter(({ useFrom }, index) => useFrom <= now2 || index <= oldestThatCanSign);
  const retired = used.slice(0, -1).map((key, index) => ({ key, goneAt: (used[index + 1]?.useFrom ?? now2) + publishedAfter }));
  return {
    current: used.at(-1),
    next: sorted[used.length],
    previous: retired.filter(({ goneAt }) => goneAt > now2).map(({ key }) => key),
    gone: retired.filter(({ goneAt }) => goneAt <= now2).map(({ key }) => key)
  };
}
function nextUseFrom(current, { rotation: rotation4, publishedBefore }, now2) {
  return Math.max(current.useFrom + rotation4, now2 + publishedBefore);
}
function soonestUseFrom(next, { publishedBefore }, now2) {
  return Math.min(next.useFrom, Math.max(now2, (next.madeAt ?? now2) + publishedBefore));
}
function nextTending(keysByName, now2) {
  return Math.min(now2 + TENDED_EVERY, ...keysByName.map((keys) => phasesOf(keys, now2).next?.useFrom ?? now2));
}

// worker/state/keyring-state.ts
function schedules(config2) {
  const signing = { ...SIGNING_SCHEDULE, rotation: config2.keyRotation ?? SIGNING_SCHEDULE.rotation };
  const rotation4 = config2.caRotation ?? AUTHORITY_SCHEDULE.rotation;
  const authority2 = { ...AUTHORITY_SCHEDULE, rotation: rotation4, publishedBefore: config2.caOverlap ?? AUTHORITY_SCHEDULE.publishedBefore };
  const checkpoint = { ...CHECKPOINT_SCHEDULE, rotation: rotation4 };
  return (key) => key === "checkpoint" ? checkpoint : key.startsWith("ssh-ca:") ? authority2 : signing;
}
function statesOf({ current, next, previous }, keyOf4) {
  const inOrder = [...previous, current, next].filter((key) => key !== void 0);
  const phased = [
    ["current", current],
    ["next", next],
    ...previous.map((key) => ["previous", key])
  ];
  return phased.flatMap(([phase, key]) => {
    if (key === void 0) return [];
    const until = inOrder[inOrder.indexOf(key) + 1]?.useFrom ?? null;
    return [{ ...named3(key), phase, since: key.useFrom, until, sealedUnder: sealedUnder(key, keyOf4) }];
  });
}
function revokedState(key) {
  return { ...named3(key), phase: "revoked", since: key.useFrom, until: key.revokedAt, sealedUnder: "nothing" };
}
function named3({ key, kid }) {
  return { key, kid, algorithm: algorithmOf(key) };
}
function sealedUnder({ sealed: sealed2 }, keyOf4) {
  return sealed2 === "" ? "nothing" : keyOf4(sealed2);
}

// worker/state/keyring-succession.ts
var BY_AGE = { why: "age", by: "keyring" };
function rotationOf(sql, key, act2) {
  const row = read(sql, key);
  if (row?.act !== act2 || row.successor === null || row.predecessor === null || row.signs_from === null) return void 0;
  return { kid: row.successor, replaces: row.predecessor, signsFrom: row.signs_from };
}
function succeed(sql, { current, next }, { signsFrom, ...cause }) {
  if (current.useFrom >= signsFrom) setUseFrom(sql, current, signsFrom - 1);
  setUseFrom(sql, next, signsFrom);
  const rotation4 = { kid: next.kid, replaces: current.kid, signsFrom };
  noteRotation(sql, current.key, { ...rotation4, ...cause });
  return rotation4;
}
function noteRotation(sql, key, { kid, replaces, signsFrom, why, by: by2, reason: reason3, act: act2 }) {
  const row = { key, recorded: replaces, why, ordered_by: by2, reason: reason3, act: act2, successor: kid, predecessor: replaces, signs_from: signsFrom };
  const columns = Object.keys(row);
  const changes = columns.slice(2).map((column) => `${column} = excluded.${column}`);
  sql.exec(
    `INSERT INTO succession (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
      ON CONFLICT (key) DO UPDATE SET recorded = coalesce(recorded, excluded.recorded), ${changes.join(", ")}`,
    ...Object.values(row)
  );
}
async function recordSuccession(sql, current, ledger) {
  const row = read(sql, current.key);
  const recorded = row?.recorded ?? void 0;
  if (recorded === current.kid) return;
  if (recorded !== void 0) await ledger.append(AUTHORITY_LEDGER, entryOf4(current, recorded, row));
  sql.exec(
    "INSERT INTO succession (key, recorded) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET recorded = excluded.recorded, why = NULL, ordered_by = NULL, reason = NULL",
    current.key,
    current.kid
  );
}
function entryOf4({ key, kid }, replaces, row) {
  const { why, ordered_by: by2, reason: reason3 } = row ?? { why: null, ordered_by: null, reason: null };
  const cause = why === null || by2 === null ? BY_AGE : { why, by: by2, ...reason3 === null ? {} : { reason: reason3 } };
  return { type: "key_rotated", key, algorithm: algorithmOf(key), kid, replaces, ...cause };
}
function read(sql, key) {
  return sql.exec("SELECT * FROM succession WHERE key = ?", key).toArray()[0];
}

// worker/state/keyring.ts
var TEND_AGAIN_AFTER = 60;
var UNREADABLE = err({ code: "sealed_under_unknown_key" });
var NO_SUCH_KEY = err({ code: "no_such_key" });
var Keyring = class extends DurableObject {
  #sql;
  #sealing;
  #scheduleOf;
  /** Keys being made right now, so that a rush of first uses makes each once. */
  #making = /* @__PURE__ */ new Map();
  constructor(ctx, env2) {
    super(ctx, env2);
    const config2 = readConfig(env2);
    this.#sealing = makeSealing(config2.sealingKey, config2.sealingKeyPrevious);
    this.#scheduleOf = schedules(config2);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(KEYRING_SCHEMA);
    ctx.storage.transactionSync(() => adoptFirstVersion(this.#sql, now()));
  }
  async signingKey(algorithm3) {
    const current = await this.#currentOf(`signing:${algorithm3}`);
    return current.ok ? ok({ kid: current.value.kid, sealed: current.value.sealed }) : current;
  }
  async certificateAuthority(connectionName) {
    return this.#ed25519Key(`ssh-ca:${connectionName}`);
  }
  async checkpointKey() {
    return this.#ed25519Key("checkpoint");
  }
  async publicKeys() {
    const published = [];
    for (const name3 of SIGNING_NAMES) published.push(...await this.#published(name3));
    return published.map(({ publicHalf }) => readPublicJwk(publicHalf));
  }
  async publicEd25519Keys(purpose) {
    return (await this.#published(purpose)).map(({ publicHalf }) => publicHalf);
  }
  async keys() {
    const kept2 = keyNames(this.#sql).flatMap((name3) => statesOf(this.#phases(name3), this.#sealing.keyOf));
    return [...kept2, ...revokedKeys(this.#sql).map(revokedState)];
  }
  async rotate({ key, atOnce, act: act2, by: by2, reason: reason3 }) {
    const isMadeHere = key === "checkpoint" || SIGNING_NAMES.some((name3) => name3 === key);
    if (!isMadeHere && keysOf3(this.#sql, key).length === 0) return NO_SUCH_KEY;
    await this.#recordIfReachable(key);
    if (rotationOf(this.#sql, key, act2) === void 0) await this.#ensureNext(key);
    const rotated = this.ctx.storage.transactionSync(() => {
      const done2 = rotationOf(this.#sql, key, act2);
      if (done2 !== void 0) return ok(done2);
      const { current, next } = this.#phases(key);
      if (current === void 0 || next === void 0 || !this.#opens(next)) return UNREADABLE;
      const signsFrom = atOnce ? now() : soonestUseFrom(next, this.#scheduleOf(key), now());
      return ok(succeed(this.#sql, { current, next }, { signsFrom, why: "command", by: by2, reason: reason3, act: act2 }));
    });
    await this.#tendSoon();
    return rotated;
  }
  async revoke({ kid, by: by2, reason: reason3 }) {
    const found2 = keyNames(this.#sql).flatMap((name3) => keysOf3(this.#sql, name3)).find((key2) => key2.kid === kid);
    const key = found2?.key ?? revokedKeys(this.#sql).find((revoked) => revoked.kid === kid)?.key;
    if (key === void 0) return NO_SUCH_KEY;
    await this.#recordIfReachable(key);
    await this.#ensureNext(key);
    this.ctx.storage.transactionSync(() => {
      const revoked = keysOf3(this.#sql, key).find((one) => one.kid === kid);
      if (revoked === void 0) return;
      const { current: current2, next } = this.#phases(key);
      if (current2?.kid === kid && next !== void 0)
        succeed(this.#sql, { current: current2, next }, { signsFrom: now(), why: "revoked", by: by2, reason: reason3, act: kid });
      insertRevoked(this.#sql, revoked, now());
      deleteKey(this.#sql, revoked);
    });
    await this.#tendSoon();
    const { current } = this.#phases(key);
    return ok({ key, successor: current !== void 0 && this.#opens(current) ? current.kid : null });
  }
  async reseal() {
    const resealed = await this.#sealAgain();
    const left = this.#sealed().map(({ sealed: sealed2 }) => this.#sealing.keyOf(sealed2));
    return {
      resealed,
      underPrevious: left.filter((under) => under === "previous").length,
      unreadable: left.filter((under) => under === "unknown").length
    };
  }
  /** Makes what is missing, destroys what has left use, seals again what an old sealing key holds, puts on record who signs now. */
  async alarm() {
    const names = [.../* @__PURE__ */ new Set([...SIGNING_NAMES, ...keyNames(this.#sql)])];
    for (const name3 of names) {
      await this.#ensureNext(name3);
      const { previous, gone } = this.#phases(name3);
      for (const key of previous) destroyPrivateHalf(this.#sql, key);
      for (const key of gone) deleteKey(this.#sql, key);
    }
    await this.#sealAgain();
    const due = nextTending(
      names.map((name3) => keysOf3(this.#sql, name3)),
      now()
    );
    await this.ctx.storage.setAlarm(Math.max(due, now() + TEND_AGAIN_AFTER) * 1e3);
    for (const name3 of names) await this.#record(name3);
  }
  async #record(key) {
    const { current } = this.#phases(key);
    if (current !== void 0) await this.#once(`${key}/record`, () => recordSuccession(this.#sql, current, this.#authorityLedger));
  }
  /** Before the next change, so that each is an entry of its own. A ledger that is down keeps no key from being revoked: the alarm goes on trying. */
  async #recordIfReachable(key) {
    try {
      await this.#record(key);
    } catch {
      await this.#tendSoon();
    }
  }
  async #ed25519Key(purpose) {
    const current = await this.#currentOf(purpose);
    return current.ok ? ok({ publicKey: current.value.publicHalf, sealed: current.value.sealed }) : current;
  }
  async #currentOf(key) {
    await this.#ensureCurrent(key);
    await this.#ensureAlarm();
    const { current } = this.#phases(key);
    return current === void 0 || !this.#opens(current) ? UNREADABLE : ok(current);
  }
  async #published(key) {
    await this.#ensureNext(key);
    await this.#ensureAlarm();
    const { current, next, previous } = this.#phases(key);
    return [current, next, ...previous].filter((one) => one !== void 0);
  }
  /** The rest of a new keyring is made by an alarm at once, so that nobody waits for it; an alarm that failed for good is set again. */
  async #ensureAlarm() {
    if (await this.ctx.storage.getAlarm() === null) await this.#tendSoon();
  }
  async #tendSoon() {
    await this.ctx.storage.setAlarm(Date.now());
  }
  async #ensureCurrent(key) {
    if (this.#phases(key).current !== void 0) return;
    await this.#once(`${key}/current`, () => this.#make(key, ({ current }) => current === void 0 ? now() : void 0));
  }
  async #ensureNext(key) {
    await this.#ensureCurrent(key);
    if (this.#phases(key).next !== void 0) return;
    await this.#once(
      `${key}/next`,
      () => this.#make(
        key,
        ({ current, next }) => current === void 0 || next !== void 0 ? void 0 : nextUseFrom(current, this.#scheduleOf(key), now())
      )
    );
  }
  /** Makes a key and keeps it only if, once it is made, the phases still lack it: `useFrom` says when it begins, or that it is not wanted. */
  async #make(key, useFrom) {
    if (this.#sealed().some((one) => !this.#opens(one))) return;
    const { kid, publicHalf, pkcs8 } = await makeKey(key);
    const sealed2 = await this.#sealing.seal(placeOf4({ key, kid }), pkcs8);
    this.ctx.storage.transactionSync(() => {
      const from = useFrom(this.#phases(key));
      if (from === void 0) return;
      const made = { key, kid, madeAt: now(), useFrom: from, publicHalf, sealed: sealed2 };
      insertKey(this.#sql, made);
      if (from <= now()) keepForFirstVersion(this.#sql, made);
    });
  }
  async #once(name3, make) {
    const running = this.#making.get(name3) ?? make().finally(() => this.#making.delete(name3));
    this.#making.set(name3, running);
    await running;
  }
  async #sealAgain() {
    let resealed = 0;
    for (const key of this.#sealed()) {
      if (this.#sealing.keyOf(key.sealed) !== "previous") continue;
      const opened2 = await this.#sealing.open(placeOf4(key), key.sealed);
      if (!opened2.ok) continue;
      replaceSeal(this.#sql, key, await this.#sealing.seal(placeOf4(key), opened2.value));
      resealed += 1;
    }
    for (const name3 of keyNames(this.#sql)) {
      const { current } = this.#phases(name3);
      if (current !== void 0) keepForFirstVersion(this.#sql, current);
    }
    return resealed;
  }
  /** Keys that still have a private half. */
  #sealed() {
    return keyNames(this.#sql).flatMap((name3) => keysOf3(this.#sql, name3)).filter(({ sealed: sealed2 }) => sealed2 !== "");
  }
  #opens({ sealed: sealed2 }) {
    return this.#sealing.keyOf(sealed2) !== "unknown";
  }
  #phases(key) {
    return phasesOf(keysOf3(this.#sql, key), now(), this.#scheduleOf(key).publishedAfter);
  }
  get #authorityLedger() {
    return this.env.LEDGER.getByName(AUTHORITY_LEDGER);
  }
};
function now() {
  return Math.floor(Date.now() / 1e3);
}

// worker/state/policy-store.ts
import { DurableObject as DurableObject2 } from "cloudflare:workers";

// worker/state/freezes.ts
function freezeMatches(freeze, subject2) {
  return freeze.target === "all" || subject2[freeze.target] === freeze.name;
}
function sameTarget(a, b) {
  if (a.target === "all" || b.target === "all") return a.target === b.target;
  return a.target === b.target && a.name === b.name;
}

// worker/state/policy-store-schema.ts
var TABLES = `
  CREATE TABLE IF NOT EXISTS piece (digest TEXT NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (digest, n));
  CREATE TABLE IF NOT EXISTS publication (n INTEGER PRIMARY KEY, digest TEXT NOT NULL, published_at TEXT NOT NULL, published_by TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, confirmed INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS proposal (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, body TEXT NOT NULL, done TEXT) WITHOUT ROWID;
`;
var LATER_COLUMNS = [
  { table: "publication", column: "forced" },
  { table: "publication", column: "confirmed_by" }
];
function preparePolicyStore(sql) {
  sql.exec(TABLES);
  for (const { table: table2, column } of LATER_COLUMNS) {
    const columns = sql.exec("SELECT name FROM pragma_table_info(?)", table2).toArray();
    if (!columns.some(({ name: name3 }) => name3 === column)) sql.exec(`ALTER TABLE ${table2} ADD COLUMN ${column} TEXT`);
  }
}
var proposedPublish = object({
  act: literal("publish"),
  policy: policyDigestSchema,
  replaces: union([policyDigestSchema, literal("*")]),
  forced: string2().nullable(),
  because: string2()
});
var proposedThaw = object({ act: literal("thaw"), target: freezeTargetSchema });
var proposalSchema = object({
  what: discriminatedUnion("act", [proposedPublish, proposedThaw]),
  by: string2(),
  /** Who the one is that proposed it, whatever the run is called. */
  person: string2(),
  generation: number2().int().nonnegative()
});
var doneSchema = object({ person: string2(), generation: number2().int().nonnegative() });

// worker/state/proposals.ts
var PROPOSAL_LIFETIME_MS = 15 * 6e4;
var KEPT_MS = 24 * 36e5;
function propose(sql, { id: id5, what, by: by2, person: person2 }, generation) {
  const now2 = Date.now();
  sql.exec("DELETE FROM proposal WHERE expires_at < ?", now2 - KEPT_MS);
  const body = canonicalJson({ what, by: by2, person: person2, generation });
  const [same] = sql.exec("SELECT * FROM proposal WHERE body = ? AND done IS NULL AND expires_at > ? LIMIT 1", body, now2).toArray();
  if (same !== void 0) return { id: same.id, expiresAt: same.expires_at };
  const expiresAt = now2 + PROPOSAL_LIFETIME_MS;
  sql.exec("INSERT INTO proposal (id, expires_at, body) VALUES (?, ?, ?)", id5, expiresAt, body);
  return { id: id5, expiresAt };
}
function openProposals(sql, generation) {
  const readable2 = waitingProposals(sql).filter((proposal) => proposal !== void 0);
  return readable2.filter((proposal) => proposal.generation === generation);
}
function isAnythingProposed(sql, generation) {
  return waitingProposals(sql).some((proposal) => proposal === void 0 || proposal.generation === generation);
}
function waitingProposals(sql) {
  return sql.exec("SELECT * FROM proposal WHERE done IS NULL AND expires_at > ? ORDER BY expires_at", Date.now()).toArray().map(proposalOf);
}
function findProposal(sql, id5) {
  const [row] = sql.exec("SELECT * FROM proposal WHERE id = ?", id5).toArray();
  return row === void 0 ? null : proposalOf(row) ?? null;
}
function confirmableProposal(sql, { id: id5, person: person2 }, generation) {
  const [row] = sql.exec("SELECT * FROM proposal WHERE id = ?", id5).toArray();
  if (row === void 0) return { outcome: "gone" };
  if (row.done !== null) {
    const done2 = doneSchema.parse(JSON.parse(row.done));
    return { outcome: done2.person === person2 && done2.generation === generation ? "done" : "gone" };
  }
  if (row.expires_at <= Date.now()) return { outcome: "gone" };
  const proposal = proposalOf(row);
  if (proposal === void 0) return { outcome: "gone" };
  if (proposal.person === person2) return { outcome: "same_person" };
  return proposal.generation === generation ? { outcome: "open", proposal } : { outcome: "changed" };
}
function markDone(sql, { id: id5, person: person2 }, generation) {
  sql.exec("UPDATE proposal SET done = ? WHERE id = ?", JSON.stringify({ person: person2, generation }), id5);
}
function proposalOf({ id: id5, expires_at: expiresAt, body }) {
  const read3 = proposalSchema.safeParse(JSON.parse(body));
  return read3.success ? { id: id5, expiresAt, ...read3.data } : void 0;
}

// worker/state/publications.ts
function insertPublication(sql, { digest: digest2, by: by2, forced, confirmedBy }) {
  sql.exec(
    "INSERT INTO publication (digest, published_at, published_by, forced, confirmed_by) VALUES (?, ?, ?, ?, ?)",
    digest2,
    (/* @__PURE__ */ new Date()).toISOString(),
    by2,
    forced ?? null,
    confirmedBy ?? null
  );
}
function wasPublished(sql, digest2) {
  return sql.exec("SELECT 1 FROM publication WHERE digest = ? LIMIT 1", digest2).toArray().length > 0;
}
function listPublications(sql, before, limit) {
  const query = `
    SELECT n, digest, published_at, published_by, forced, confirmed_by,
      (SELECT earlier.digest FROM publication AS earlier WHERE earlier.n < publication.n ORDER BY earlier.n DESC LIMIT 1) AS replaced
    FROM publication WHERE n < ? ORDER BY n DESC LIMIT ?`;
  return sql.exec(query, before, limit).toArray().map(({ n, digest: digest2, published_at: at3, published_by: by2, replaced: replaced2, forced, confirmed_by: confirmedBy }) => {
    return { n, digest: digest2, at: at3, by: by2, replaced: replaced2, forced, confirmedBy };
  });
}

// worker/state/policy-store.ts
var RETRY_PUSH_MS = 5e3;
var PUSHES_AT_ONCE = 6;
var REVOKED_KEYS_KEPT = 100;
var PolicyStore = class extends DurableObject2 {
  #sql;
  #activation;
  constructor(ctx, env2) {
    super(ctx, env2);
    this.#sql = ctx.storage.sql;
    preparePolicyStore(this.#sql);
    const [row] = this.#sql.exec("SELECT value FROM meta WHERE key = 'activation'").toArray();
    this.#activation = row === void 0 ? { generation: 0, policy: null, freezes: [] } : activationSchema.parse(JSON.parse(row.value));
  }
  async activation() {
    return this.#activation;
  }
  async upload(digest2, index, text8) {
    this.#sql.exec("INSERT OR REPLACE INTO piece (digest, n, text) VALUES (?, ?, ?)", digest2, index, text8);
  }
  async piece(digest2, index) {
    const [row] = this.#sql.exec("SELECT text FROM piece WHERE digest = ? AND n = ?", digest2, index).toArray();
    return row?.text ?? null;
  }
  async publish(publication) {
    const { digest: digest2, replaces } = publication;
    const active = this.#activation.policy;
    if (active !== digest2) {
      if (active !== (replaces === "*" ? null : replaces)) return { outcome: "not_the_active_one", active };
      this.#transaction(() => {
        insertPublication(this.#sql, publication);
        this.#write({ policy: digest2 });
      });
    }
    const waitingFor = await this.#push();
    return waitingFor === 0 ? { outcome: "active" } : { outcome: "not_everywhere", waitingFor };
  }
  async wasPublished(digest2) {
    return wasPublished(this.#sql, digest2);
  }
  async history(before, limit) {
    return listPublications(this.#sql, before, limit);
  }
  async propose(request2) {
    const { what } = request2;
    const isInForce = what.act === "publish" ? this.#activation.policy === (what.replaces === "*" ? null : what.replaces) : this.#activation.freezes.some((freeze) => sameTarget(freeze, what.target));
    if (!isInForce) return { outcome: "stale", active: this.#activation.policy };
    const made = this.ctx.storage.transactionSync(() => propose(this.#sql, request2, this.#activation.generation));
    return { outcome: "proposed", ...made };
  }
  async proposals() {
    return openProposals(this.#sql, this.#activation.generation);
  }
  async proposal(id5) {
    return findProposal(this.#sql, id5);
  }
  /** No await before the change is written, so of many confirmations at once one finds the proposal unused. */
  async confirm(confirmation) {
    const { generation } = this.#activation;
    const found2 = confirmableProposal(this.#sql, confirmation, generation);
    if (found2.outcome === "open") {
      this.#transaction(() => {
        this.#carryOut(found2.proposal, confirmation.by);
        markDone(this.#sql, confirmation, this.#activation.generation);
      });
    } else if (found2.outcome !== "done") return found2;
    return { outcome: await this.#push() === 0 ? "everywhere" : "not_everywhere" };
  }
  #carryOut({ what, by: by2 }, confirmedBy) {
    if (what.act === "thaw") {
      this.#write({ freezes: this.#activation.freezes.filter((freeze) => !sameTarget(freeze, what.target)) });
      return;
    }
    const forced = what.forced === null ? {} : { forced: what.forced };
    insertPublication(this.#sql, { digest: what.policy, replaces: what.replaces, by: by2, confirmedBy, ...forced });
    this.#write({ policy: what.policy });
  }
  async freeze(freeze) {
    const { freezes: freezes2 } = this.#activation;
    const isKnown = freezes2.some((known) => sameTarget(known, freeze) && known.reason === freeze.reason && known.by === freeze.by);
    const isRepeated = isKnown && this.#behind().length > 0;
    const isContested = isAnythingProposed(this.#sql, this.#activation.generation);
    if (!isRepeated || isContested) this.#write({ freezes: [...freezes2.filter((known) => !sameTarget(known, freeze)), freeze] });
    return await this.#push() === 0 ? "everywhere" : "not_everywhere";
  }
  async thaw(target2) {
    const others = this.#activation.freezes.filter((known) => !sameTarget(known, target2));
    const isThere = others.length < this.#activation.freezes.length;
    if (!isThere && this.#behind().length === 0) return "absent";
    if (isThere) this.#write({ freezes: others });
    return await this.#push() === 0 ? "everywhere" : "not_everywhere";
  }
  async revokeKey(kid) {
    const known = this.#activation.revokedKeys ?? [];
    if (!known.includes(kid)) this.#write({ revokedKeys: [...known, kid].slice(-REVOKED_KEYS_KEPT) });
    return await this.#push() === 0 ? "everywhere" : "not_everywhere";
  }
  /** A ledger's first use. It is remembered before it is answered, so no later activation can miss it. */
  async register(ledger) {
    this.#sql.exec("INSERT OR IGNORE INTO ledger (name, confirmed) VALUES (?, ?)", ledger, this.#activation.generation);
    return this.#activation;
  }
  async ledgers() {
    const rows = this.#sql.exec("SELECT name FROM ledger ORDER BY name").toArray();
    return rows.map(({ name: name3 }) => name3);
  }
  /** Goes on pushing what some ledger has not confirmed. */
  async alarm() {
    await this.#push();
  }
  /** All or nothing: a throw rolls the rows back, and the activation in memory with them. */
  #transaction(work) {
    const activation = this.#activation;
    try {
      this.ctx.storage.transactionSync(work);
    } catch (fault) {
      this.#activation = activation;
      throw fault;
    }
  }
  #write(change3) {
    const activation = { ...this.#activation, ...change3, generation: this.#activation.generation + 1 };
    this.#sql.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('activation', ?)", JSON.stringify(activation));
    this.#activation = activation;
  }
  /** Tells every ledger that has not confirmed the present generation. Returns how many still have not; those are tried again by the alarm. */
  async #push() {
    const activation = this.#activation;
    const behind = this.#behind();
    if (behind.length > 0) await this.ctx.storage.setAlarm(Date.now() + RETRY_PUSH_MS);
    let failed2 = 0;
    for (let start = 0; start < behind.length; start += PUSHES_AT_ONCE) {
      const batch = behind.slice(start, start + PUSHES_AT_ONCE);
      const outcomes = await Promise.allSettled(batch.map(({ name: name3 }) => this.#tell(name3, activation)));
      failed2 += outcomes.filter(({ status }) => status === "rejected").length;
    }
    return failed2;
  }
  /** Ledgers that have not confirmed the present generation. */
  #behind() {
    return this.#sql.exec("SELECT name FROM ledger WHERE confirmed < ?", this.#activation.generation).toArray();
  }
  async #tell(name3, activation) {
    await this.env.LEDGER.getByName(name3).activate(activation);
    this.#sql.exec("UPDATE ledger SET confirmed = max(confirmed, ?) WHERE name = ?", activation.generation, name3);
  }
};

// worker/state/chain.ts
import { createHash as createHash7 } from "node:crypto";
var textEncoder6 = new TextEncoder();
function failureMark(lease) {
  return { jti: `failed ${lease}`, attempt: lease };
}
function readHead2(sql) {
  const [row] = sql.exec("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").toArray();
  return row ?? { seq: 0, hash: GENESIS_HASH };
}
function appendEntry(sql, head, { ledger, at: at3, body, ask, mark }) {
  const seq = head.seq + 1;
  const members4 = canonicalJson({ ...body, v: LEDGER_VERSION, ledger, seq, at: new Date(at3).toISOString(), prev: head.hash });
  const text8 = ask === void 0 ? members4 : `{"ask":${ask},${members4.slice(1)}`;
  const hash = createHash7("sha256").update(textEncoder6.encode(text8)).digest("hex");
  if (mark === void 0) {
    sql.exec("INSERT INTO entry (seq, hash, body) VALUES (?, ?, ?)", seq, hash, text8);
    return { seq, hash };
  }
  const insert = "INSERT INTO entry (seq, jti, attempt, hash, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (jti) WHERE jti IS NOT NULL DO NOTHING";
  return sql.exec(insert, seq, mark.jti, mark.attempt, hash, text8).rowsWritten > 0 ? { seq, hash } : void 0;
}
function usedBy(sql, jti) {
  const [row] = sql.exec("SELECT attempt FROM entry WHERE jti = ?", jti).toArray();
  return row?.attempt;
}
function wasCheckpointed(sql, since) {
  return sql.exec(`SELECT 1 FROM entry WHERE seq > ? AND instr(body, '"type":"checkpointed"') > 0 LIMIT 1`, since).toArray().length > 0;
}
function readLines(sql, after, limit) {
  const rows = sql.exec("SELECT hash, body FROM entry WHERE seq > ? ORDER BY seq LIMIT ?", after, limit).toArray();
  return rows.map(({ hash, body }) => `{"hash":"${hash}",${body.slice(1)}`);
}
var MAX_ANSWER_CHARACTERS = 8e6;
function readRecentAsks(sql, since, limit) {
  const lines = [];
  let characters = 0;
  for (const { body } of sql.exec("SELECT body FROM entry ORDER BY seq DESC")) {
    if (writtenAt(body) < since) break;
    if (!body.startsWith('{"ask":')) continue;
    characters += body.length;
    if (lines.length === limit || characters > MAX_ANSWER_CHARACTERS && lines.length > 0) return { lines, isCut: true };
    lines.push(body);
  }
  return { lines, isCut: false };
}
function writtenAt(body) {
  return AT.exec(body)?.[1] ?? "";
}
var AT = /[{,]"at":"([^"]{24})"/;

// worker/state/sink-cursors.ts
var cursorRow = object({
  seq: number2().int().nonnegative(),
  hash: string2(),
  tries: number2().int().nonnegative(),
  nextTryMs: number2(),
  error: string2().optional(),
  closing: number2().int().positive().optional()
});
var START = { seq: 0, hash: "", tries: 0, nextTryMs: 0 };
var UNREADABLE2 = { ...START, seq: Number.MAX_SAFE_INTEGER, error: "how far the sink has got cannot be read" };
function openCursors(sql, plans) {
  const held2 = new Map(plans.map(({ sink }) => [sink, storedCursor(sql, sink)]));
  return {
    plans,
    of: (sink) => held2.get(sink) ?? START,
    move(sink, cursor) {
      const write2 = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
      sql.exec(write2, `sink:${sink}`, JSON.stringify(cursor));
      held2.set(sink, cursor);
    }
  };
}
function storedCursor(sql, sink) {
  const [row] = sql.exec("SELECT value FROM meta WHERE key = ?", `sink:${sink}`).toArray();
  if (row === void 0) return START;
  const read3 = cursorRow.safeParse(parsed(row.value));
  return read3.success ? read3.data : UNREADABLE2;
}
function parsed(text8) {
  try {
    return JSON.parse(text8);
  } catch {
    return void 0;
  }
}
function dueAt(plan, cursor, { head, oldestAt }) {
  const pending = head.seq - cursor.seq;
  if (pending <= 0) return void 0;
  if (cursor.tries > 0) return cursor.nextTryMs;
  return pending >= plan.full || cursor.closing !== void 0 ? 0 : oldestAt() + plan.wait * 1e3;
}
function nextShipping({ plans, of }, head, oldestAt) {
  let next;
  for (const plan of plans) {
    const cursor = of(plan.sink);
    const due = dueAt(plan, cursor, { head, oldestAt: () => oldestAt(cursor) });
    if (due !== void 0 && (next === void 0 || due < next)) next = due;
  }
  return next;
}
var PAGE3 = 50;
function nextLines(sql, { full, maxCharacters }, { seq, closing }) {
  const limit = closing === void 0 ? full : closing - seq;
  const lines = [];
  let characters = 0;
  while (lines.length < limit) {
    const page = readLines(sql, seq + lines.length, Math.min(PAGE3, limit - lines.length));
    for (const line2 of page) {
      characters += line2.length + 1;
      if (closing === void 0 && characters > maxCharacters && lines.length > 0) return lines;
      lines.push(line2);
    }
    if (page.length < PAGE3) break;
  }
  return lines;
}
function writtenAfter(sql, seq) {
  const [line2] = readLines(sql, seq, 1);
  return line2 === void 0 ? 0 : Date.parse(placed.parse(JSON.parse(line2)).at);
}
function statusOf(sql, { plans, of }, head) {
  return plans.map(({ sink }) => {
    const { seq, tries, error: error2, nextTryMs } = of(sink);
    const oldest = seq < head.seq ? { oldestAtMs: writtenAfter(sql, seq) } : {};
    return { sink, shipped: seq, head: head.seq, tries, ...oldest, ...error2 === void 0 ? {} : { error: error2, nextTryMs } };
  });
}
var placed = looseObject({ at: iso_exports.datetime() });

// worker/ship.ts
var FIRST_RETRY = 5;
var LONGEST_RETRY = 600;
var BATCHES_AT_ONCE = 20;
var BEGIN_WITHIN_MS = 5e3;
async function shipAll(ledger, sinks, deps) {
  await Promise.all(
    ledger.cursors.plans.map(async (plan) => {
      const sink = sinks.find(({ name: name3 }) => name3 === plan.sink);
      if (sink !== void 0) await shipTo(sink, plan, ledger, deps);
    })
  );
}
async function shipTo(sink, plan, ledger, deps) {
  const begun = deps.nowMs();
  const { seq: had, tries, error: error2 } = ledger.cursors.of(plan.sink);
  if (ledger.head().seq < had && error2 === void 0) return setBack(SET_BACK, plan, ledger, deps);
  for (let shipped = 0; shipped < BATCHES_AT_ONCE && deps.nowMs() - begun <= BEGIN_WITHIN_MS; shipped++) {
    const cursor = ledger.cursors.of(plan.sink);
    if (!isWanted2(plan, cursor, ledger, deps)) break;
    const moved = await shipNext(sink, plan, ledger).catch(faulted);
    if (!moved.ok) return setBack(moved.error, plan, ledger, deps);
    ledger.cursors.move(plan.sink, moved.value);
  }
  const { seq } = ledger.cursors.of(plan.sink);
  if (tries > 0 && seq === ledger.head().seq) deps.log({ event: "sink", outcome: "caught_up", sink: plan.sink, ledger: nameOf(ledger) });
}
function isWanted2(plan, cursor, { sql, head }, { nowMs }) {
  const due = dueAt(plan, cursor, { head: head(), oldestAt: () => writtenAfter(sql, cursor.seq) });
  return due !== void 0 && (due <= nowMs() || plan.isEager && cursor.tries === 0);
}
var SET_BACK = { why: "conflict", detail: "the ledger ends before what was shipped of it: it was set back" };
function faulted(fault) {
  return err({ why: "failed", detail: `a fault of the broker: ${fault instanceof Error ? fault.name : "unknown"}` });
}
async function shipNext(sink, plan, { sql, cursors }) {
  const cursor = cursors.of(plan.sink);
  const entries = upToUrgent(nextLines(sql, plan, cursor).map(read2), plan);
  const [first] = entries;
  if (first === void 0) return err({ why: "conflict", detail: "the ledger ends before the entry that comes next" });
  if (cursor.hash !== "" && first.entry.prev !== cursor.hash)
    return err({ why: "conflict", detail: "the next entry does not follow the last one shipped" });
  if (!plan.isEager && cursor.closing === void 0) cursors.move(plan.sink, { ...cursor, closing: cursor.seq + entries.length });
  for (let size = entries.length; ; size = Math.floor(size / 2)) {
    const part2 = entries.slice(0, size);
    const taken = await sink.ship(batchOf(part2, cursor.seq));
    if (taken.ok) return ok({ seq: cursor.seq + size, hash: text5(part2.at(-1)?.entry.hash), tries: 0, nextTryMs: 0 });
    if (taken.error.why !== "rejected" || size === 1) return taken;
  }
}
function upToUrgent(entries, { isUrgent }) {
  const first = isUrgent === void 0 ? -1 : entries.findIndex(({ entry }) => isUrgent(entry));
  return first < 0 ? entries : entries.slice(0, first + 1);
}
function setBack({ why, detail, retryAfter: retryAfter2 = 0 }, { sink }, ledger, deps) {
  const cursor = ledger.cursors.of(sink);
  const backOff = why === "conflict" ? LONGEST_RETRY : Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(cursor.tries, 10));
  const wait2 = Math.min(LONGEST_RETRY, Math.max(backOff, retryAfter2));
  const error2 = why === "rejected" ? `${detail}: entry ${cursor.seq + 1} is not accepted, and nothing after it is shipped` : detail;
  ledger.cursors.move(sink, { ...cursor, tries: cursor.tries + 1, nextTryMs: deps.nowMs() + wait2 * 1e3, error: error2 });
  const outcome = why === "conflict" ? "conflict" : "failed";
  deps.log({ event: "sink", outcome, sink, ledger: nameOf(ledger), count: cursor.tries + 1, detail: error2 });
}
function batchOf(entries, after) {
  return { ledger: text5(entries[0]?.entry.ledger), first: after + 1, last: after + entries.length, entries };
}
function nameOf({ sql }) {
  const [line2] = readLines(sql, 0, 1);
  return line2 === void 0 ? "" : text5(read2(line2).entry.ledger);
}
function read2(line2) {
  const json2 = JSON.parse(line2);
  return { line: line2, entry: isJsonObject(json2) ? json2 : {} };
}
function text5(value) {
  return typeof value === "string" ? value : "";
}

// worker/sinks/archive.ts
import { createHash as createHash8 } from "node:crypto";

// worker/sinks/deadline.ts
var DEADLINE_MS2 = 1e4;
async function bounded2(call, what) {
  const signal = AbortSignal.timeout(DEADLINE_MS2);
  const late = new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("late")));
  });
  try {
    return ok(await Promise.race([call, late]));
  } catch {
    return err({ why: "failed", detail: `${what} ${signal.aborted ? "did not answer in time" : "could not be reached"}` });
  }
}

// worker/sinks/archive.ts
var DIGITS4 = 12;
var HOUR_CHARACTERS = "2026-11-22T01".length;
var NDJSON2 = { contentType: "application/x-ndjson" };
var ONLY_NEW = { etagDoesNotMatch: "*" };
function archiveSink(bucket2, deps) {
  return {
    name: "archive",
    async ship(batch) {
      const written = await writeSegment(bucket2, batch);
      if (written.ok) await bounded2(writeCheckpoint(bucket2, deps), "the bucket");
      return written;
    }
  };
}
function segmentKey({ ledger, first, last }) {
  const [from, to] = [first, last].map((seq) => String(seq).padStart(DIGITS4, "0"));
  return `ledger/${encodeURIComponent(ledger)}/${from}-${to}.ndjson`;
}
async function writeSegment(bucket2, batch) {
  const key = segmentKey(batch);
  const bytes = new TextEncoder().encode(batch.entries.map(({ line: line2 }) => `${line2}
`).join(""));
  const sha2562 = hexHash(bytes);
  const { ledger, first, last } = batch;
  const customMetadata = { ledger, first: String(first), last: String(last), sha256: sha2562 };
  const put = await bounded2(bucket2.put(key, bytes, { onlyIf: ONLY_NEW, httpMetadata: NDJSON2, customMetadata, sha256: sha2562 }), "the bucket");
  if (put.ok && put.value !== null) return ok(void 0);
  const found2 = await bounded2(readHash(bucket2, key), "the bucket");
  if (!found2.ok) return found2;
  if (found2.value === sha2562) return ok(void 0);
  if (found2.value !== void 0) return err({ why: "conflict", detail: "the bucket holds another content under the name of this segment" });
  return put.ok ? err({ why: "failed", detail: "the bucket did not keep the segment" }) : put;
}
async function readHash(bucket2, key) {
  const found2 = await bucket2.get(key);
  return found2 === null ? void 0 : hexHash(new Uint8Array(await found2.arrayBuffer()));
}
function hexHash(bytes) {
  return createHash8("sha256").update(bytes).digest("hex");
}
async function writeCheckpoint(bucket2, deps) {
  const key = `checkpoint/${new Date(deps.nowMs()).toISOString().slice(0, HOUR_CHARACTERS)}.ndjson`;
  try {
    if (await bucket2.head(key) !== null) return;
    const lines = [
      { type: "checkpoint", note: await signedCheckpoint(deps) },
      { type: "keys", keys: await deps.keys.publicKeys() }
    ];
    await bucket2.put(key, lines.map((line2) => `${JSON.stringify(line2)}
`).join(""), { onlyIf: ONLY_NEW, httpMetadata: NDJSON2 });
  } catch {
    deps.log({ event: "sink", outcome: "no_checkpoint", sink: "archive", detail: "the checkpoint of this hour could not be made or kept" });
  }
}

// shared/ocsf.ts
var OCSF_VERSION = "1.8.0";
var CLASSES = {
  base: { uid: 0, name: "Base Event", category: 0, categoryName: "Uncategorized" },
  authentication: { uid: 3002, name: "Authentication", category: 3, categoryName: "Identity & Access Management" },
  authorize: { uid: 3003, name: "Authorize Session", category: 3, categoryName: "Identity & Access Management" },
  entity: { uid: 3004, name: "Entity Management", category: 3, categoryName: "Identity & Access Management" }
};
var ACTIVITIES = {
  other: { id: 99, name: "Other" },
  logon: { id: 1, name: "Logon" },
  logoff: { id: 2, name: "Logoff" },
  assign: { id: 1, name: "Assign Privileges" },
  activate: { id: 10, name: "Activate" },
  suspend: { id: 12, name: "Suspend" },
  resume: { id: 13, name: "Resume" }
};
var STATUSES = { unknown: { id: 0, name: "Unknown" }, success: { id: 1, name: "Success" }, failure: { id: 2, name: "Failure" } };
var SEVERITIES = {
  informational: { id: 1, name: "Informational" },
  low: { id: 2, name: "Low" },
  medium: { id: 3, name: "Medium" },
  high: { id: 4, name: "High" }
};
var grantOf = (entry) => text6(entry.grant) ?? "an unknown grant";
var SHAPES = {
  opened: ["authentication", "logon", "success", "informational", (entry) => `${whoOf(entry)} was admitted to ${grantOf(entry)}`],
  issued: ["authorize", "assign", "success", "informational", (entry) => `${whoOf(entry)} got a credential of ${grantOf(entry)}`],
  failed: ["authentication", "logon", "failure", "medium", (entry) => `An admitted exchange handed nothing over: ${codeOf(entry)}`],
  refused: ["authentication", "logon", "failure", "low", (entry) => `${whoOf(entry)} was refused ${grantOf(entry)}: ${codeOf(entry)}`],
  refusals_counted: ["authentication", "logon", "failure", "medium", (entry) => `${whoOf(entry)} was refused too often to record each`],
  returned: [
    "authentication",
    "logoff",
    "success",
    "informational",
    (entry) => `${whoOf(entry)} gave a credential of ${grantOf(entry)} back`
  ],
  revoked: ["authentication", "logoff", "success", "low", (entry) => `A credential of ${grantOf(entry)} was revoked`],
  expired: ["authentication", "logoff", "success", "informational", (entry) => `A credential of ${grantOf(entry)} came to its end`],
  orphaned: ["authorize", "assign", "unknown", "high", (entry) => `A mint of ${grantOf(entry)} never came back; a credential may live`],
  end_failed: ["authentication", "logoff", "failure", "high", (entry) => `A credential of ${grantOf(entry)} could not be ended in time`],
  recalled: ["base", "other", "success", "low", (entry) => `GitHub says it is over: ${text6(entry.cause) ?? ""}; its leases end`],
  repository_changed: [
    "base",
    "other",
    "success",
    "medium",
    (entry) => `GitHub says that a repository was ${text6(entry.change) ?? "changed"}`
  ],
  revocation: ["base", "other", "success", "medium", (entry) => `${whoOf(entry)} ended many credentials at once`],
  proposed: ["base", "other", "success", "low", (entry) => `${whoOf(entry)} proposed what takes a second person: ${text6(entry.act) ?? ""}`],
  published: ["entity", "activate", "success", "low", (entry) => `${whoOf(entry)} put policy ${text6(entry.policy) ?? ""} in force`],
  tripped: ["authentication", "logon", "failure", "high", trippedMessage],
  froze: ["entity", "suspend", "success", "medium", (entry) => `${whoOf(entry)} froze ${targetOf2(entry)}`],
  thawed: ["entity", "resume", "success", "low", (entry) => `${whoOf(entry)} thawed ${targetOf2(entry)}`],
  key_rotated: ["base", "other", "success", "low", (entry) => `Another key signs now: ${text6(entry.key) ?? ""}`],
  key_revoked: ["base", "other", "success", "high", (entry) => `${whoOf(entry)} revoked a key: ${text6(entry.key) ?? ""}`],
  checkpointed: ["base", "other", "success", "informational", () => "A checkpoint was made"],
  break_glass_used: ["authentication", "logon", "success", "high", breakGlassMessage],
  authority_used: ["authentication", "logon", "success", "informational", (entry) => `${whoOf(entry)} acted: ${text6(entry.action) ?? ""}`]
};
function breakGlassMessage(entry) {
  const people = Array.isArray(entry.people) ? entry.people.filter((one) => typeof one === "string") : [];
  return `${people.join(" and ")} opened the break-glass envelope ${text6(entry.name) ?? ""}: ${text6(entry.reason) ?? ""}`;
}
function trippedMessage(entry) {
  const names = Array.isArray(entry.freezes) ? entry.freezes.filter((name3) => typeof name3 === "string") : [];
  const frozen = names.length === 0 ? "" : `; frozen: ${names.join(", ")}`;
  if (entry.tripwire === "canary") return `${whoOf(entry)} asked for the canary ${grantOf(entry)}${frozen}`;
  return `${whoOf(entry)} was refused ${whole(entry.refusals) ?? "too many"} times in a minute, last ${grantOf(entry)}${frozen}`;
}
var UNKNOWN = ["base", "other", "unknown", "informational", (entry) => `An entry of type ${text6(entry.type) ?? "unknown"}`];
var ALARMING_CODES = ["token_replayed"];
function ocsfEvent(entry, origin2) {
  const [className, activityName, statusName, usualSeverity, message2] = shapeOf2(entry);
  const eventClass = CLASSES[className];
  const activity = ACTIVITIES[activityName];
  const severity = SEVERITIES[ALARMING_CODES.includes(codeOf(entry)) ? "high" : usualSeverity];
  return {
    category_uid: eventClass.category,
    category_name: eventClass.categoryName,
    class_uid: eventClass.uid,
    class_name: eventClass.name,
    activity_id: activity.id,
    activity_name: activity.name,
    type_uid: eventClass.uid * 100 + activity.id,
    type_name: `${eventClass.name}: ${activity.name}`,
    time: millisecondsOf(entry.at) ?? 0,
    severity_id: severity.id,
    severity: severity.name,
    status_id: STATUSES[statusName].id,
    status: STATUSES[statusName].name,
    ...present({ status_code: text6(entry.code), status_detail: text6(entry.detail) }),
    message: message2(entry),
    metadata: metadataOf(entry, origin2),
    ...MEMBERS[className](entry, origin2),
    ...aggregateOf(entry),
    unmapped: { entry }
  };
}
function shortened(event) {
  const { metadata: metadata2, unmapped } = event;
  const entry = isJsonObject(unmapped) && isJsonObject(unmapped.entry) ? unmapped.entry : {};
  const { ask: _, ...rest } = entry;
  return {
    ...event,
    metadata: { ...isJsonObject(metadata2) ? metadata2 : {}, is_truncated: true },
    unmapped: { entry: rest }
  };
}
function shapeOf2(entry) {
  const type = text6(entry.type) ?? "";
  const known = SHAPES;
  return Object.hasOwn(known, type) ? known[type] ?? UNKNOWN : UNKNOWN;
}
function metadataOf(entry, origin2) {
  const ledger = text6(entry.ledger) ?? "";
  const seq = whole(entry.seq) ?? 0;
  return {
    version: OCSF_VERSION,
    product: { name: "Jobpass", vendor_name: "Jobpass", version: VERSION, url_string: origin2 },
    uid: `${ledger}:${seq}`,
    sequence: seq,
    log_name: ledger,
    log_provider: origin2,
    ...present({ event_code: text6(entry.type), original_time: text6(entry.at), correlation_uid: text6(entry.lease) ?? text6(entry.decision) })
  };
}
var MEMBERS = {
  base: () => ({}),
  authentication: (entry, origin2) => ({
    user: userOf(entry),
    service: { name: origin2 },
    is_remote: true,
    auth_protocol_id: 4,
    auth_protocol: "OpenID",
    ...sessionOf(entry)
  }),
  authorize: (entry) => ({
    user: userOf(entry),
    privileges: [grantOf(entry), ...[text6(askOf(entry).scope)].filter((scope3) => scope3 !== void 0)],
    ...sessionOf(entry)
  }),
  entity: (entry) => ({
    actor: { user: userOf(entry) },
    entity: entry.type === "published" ? { type_id: 5, type: "Policy", uid: text6(entry.policy) ?? "unknown" } : { type_id: 99, type: text6(entry.target) ?? "unknown", name: targetOf2(entry) },
    ...present({ comment: text6(entry.reason) })
  })
};
function userOf(entry) {
  const { repository_id: repositoryId2 } = attributesOf(entry);
  const name3 = whoOf(entry);
  return {
    name: name3,
    ...present({ uid: text6(repositoryId2) ?? text6(entry.repository_id) }),
    ...name3 === NOBODY ? { type_id: 0 } : { type_id: 4, type: "Service" }
  };
}
var NOBODY = "Unknown";
function whoOf(entry) {
  const { repository, repository_id: repositoryId2 } = attributesOf(entry);
  const names = [entry.by, entry.workload, repository, repositoryId2, entry.repository, entry.repository_id, entry.counted];
  return names.map(text6).find((name3) => name3 !== void 0 && name3 !== "") ?? NOBODY;
}
function sessionOf(entry) {
  const lease = text6(entry.lease);
  if (lease === void 0) return {};
  const expiresAt = whole(entry.expires_at);
  const times2 = expiresAt === void 0 ? {} : { expiration_time: expiresAt * 1e3 };
  const named4 = present({ issuer: text6(entry.issuer), expiration_reason: text6(entry.credential_end) });
  return { session: { uid: lease, is_remote: true, ...times2, ...named4 } };
}
function aggregateOf(entry) {
  const [start, count4] = [millisecondsOf(entry.minute), whole(entry.refusals)];
  if (entry.type !== "refusals_counted" || start === void 0 || count4 === void 0) return {};
  return { count: count4, time: start, start_time: start, end_time: start + 6e4 };
}
function targetOf2(entry) {
  const target2 = text6(entry.target) ?? "something";
  const name3 = text6(entry.name);
  return name3 === void 0 ? target2 === "all" ? "everything" : target2 : `${target2} ${name3}`;
}
function askOf(entry) {
  return isJsonObject(entry.ask) ? entry.ask : {};
}
function attributesOf(entry) {
  const { attributes } = askOf(entry);
  return isJsonObject(attributes) ? attributes : {};
}
function codeOf(entry) {
  return text6(entry.code) ?? "";
}
function text6(value) {
  return typeof value === "string" ? value : void 0;
}
function whole(value) {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : void 0;
}
function millisecondsOf(value) {
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? void 0 : milliseconds;
}
function present(members4) {
  return Object.fromEntries(Object.entries(members4).filter((member) => member[1] !== void 0));
}

// worker/sinks/batch-token.ts
import { createHash as createHash9 } from "node:crypto";
var TOKEN_LIFE = 300;
var CLOCK_SKEW5 = 30;
var SUBJECT = "ledger";
async function batchToken({ ledger, first, last }, { url: url2, text: text8 }, deps) {
  const now2 = nowSeconds(deps);
  const claims = {
    iss: deps.config.origin,
    aud: url2,
    sub: SUBJECT,
    client_id: SUBJECT,
    jti: randomId(deps),
    iat: now2,
    nbf: now2 - CLOCK_SKEW5,
    exp: now2 + TOKEN_LIFE,
    batch: { ledger, first, last, sha256: createHash9("sha256").update(text8).digest("hex") }
  };
  try {
    return ok(await signJws("at+jwt", claims, await deps.keys.signingKey("ES256")));
  } catch {
    return err({ why: "failed", detail: "the signing key cannot be had" });
  }
}

// worker/sinks/https.ts
var TIMEOUT_MS = 1e4;
var ABOUT_THE_BODY = [400, 413, 422];
function httpsSink(url2, deps) {
  return {
    name: "https",
    async ship(batch) {
      const text8 = batch.entries.map(({ entry }) => `${JSON.stringify(ocsfEvent(entry, deps.config.origin))}
`).join("");
      const token2 = await batchToken(batch, { url: url2, text: text8 }, deps);
      if (!token2.ok) return token2;
      const headers = { authorization: `Bearer ${token2.value}`, "content-type": "application/x-ndjson" };
      const answered = await deliver({ url: url2, headers, text: text8, timeoutMs: TIMEOUT_MS }, providerDeps(deps));
      return answered.ok ? judged(answered.value) : err(failed(answered.error));
    }
  };
}
function judged(status) {
  if (status < 300) return ok(void 0);
  return err({ why: ABOUT_THE_BODY.includes(status) ? "rejected" : "failed", detail: `status ${status}` });
}
function failed({ detail, status, retryAfter: retryAfter2 }) {
  const wait2 = retryAfter2 === void 0 ? {} : { retryAfter: retryAfter2 };
  return { why: "failed", detail: status === void 0 ? detail : `${detail}, status ${status}`, ...wait2 };
}

// worker/sinks/notify.ts
var TIMEOUT_MS2 = 1e4;
function isAlarming({ type }) {
  return ALARMING_TYPES.some((alarming) => alarming === type);
}
function notifySink(url2, deps) {
  return {
    name: "notify",
    async ship({ ledger, entries }) {
      for (const { entry } of entries.filter((shipped) => isAlarming(shipped.entry))) {
        const posted = await post({ ledger, entry }, url2, deps);
        if (!posted.ok) return posted;
      }
      return ok(void 0);
    }
  };
}
async function post({ ledger, entry }, url2, deps) {
  const seq = Number(entry.seq);
  const text8 = JSON.stringify(notificationOf(entry, deps.config.origin));
  const token2 = await batchToken({ ledger, first: seq, last: seq }, { url: url2, text: text8 }, deps);
  if (!token2.ok) return token2;
  const headers = { authorization: `Bearer ${token2.value}`, "content-type": "application/json" };
  const answered = await deliver({ url: url2, headers, text: text8, timeoutMs: TIMEOUT_MS2 }, providerDeps(deps));
  if (!answered.ok) return err(failed(answered.error));
  return answered.value < 300 ? ok(void 0) : err({ why: "failed", detail: `status ${answered.value}` });
}
function notificationOf({ ask: _ask, prev: _prev, v: _v, ...members4 }, broker) {
  return { text: String(ocsfEvent({ ...members4, ..._ask === void 0 ? {} : { ask: _ask } }, broker).message), broker, ...members4 };
}

// worker/sinks/queue.ts
var MAX_MESSAGE_BYTES = 12e4;
var MAX_CALL_BYTES = 24e4;
var MESSAGE_OVERHEAD_BYTES = 200;
var textEncoder7 = new TextEncoder();
function queueSink(queue, deps) {
  return {
    name: "queue",
    async ship({ entries }) {
      const messages = entries.map(({ entry }) => fitting(ocsfEvent(entry, deps.config.origin)));
      const bytes = messages.reduce((sum, message2) => sum + sizeOf(message2) + MESSAGE_OVERHEAD_BYTES, 0);
      if (bytes > MAX_CALL_BYTES && messages.length > 1) return err({ why: "rejected", detail: "too much for one call" });
      const sent = await bounded2(queue.sendBatch(messages.map((body) => ({ body, contentType: "json" }))), "the queue");
      return sent.ok ? ok(void 0) : sent;
    }
  };
}
function fitting(event) {
  return sizeOf(event) > MAX_MESSAGE_BYTES ? shortened(event) : event;
}
function sizeOf(event) {
  return textEncoder7.encode(JSON.stringify(event)).byteLength;
}

// worker/sinks/index.ts
function sinkPlans({ url: url2, notifyUrl, archive, queue, delay, archiveAfter }) {
  const plans = [];
  if (archive) plans.push({ sink: "archive", wait: archiveAfter, full: 1e3, maxCharacters: 4e6, isEager: false });
  if (url2 !== void 0) plans.push({ sink: "https", wait: delay, full: 500, maxCharacters: 1e6, isEager: true });
  if (queue) plans.push({ sink: "queue", wait: delay, full: 100, maxCharacters: 1e5, isEager: true });
  if (notifyUrl !== void 0)
    plans.push({ sink: "notify", wait: delay, full: 500, maxCharacters: 1e6, isEager: true, isUrgent: isAlarming });
  return plans;
}
function buildSinks({ ARCHIVE, EVENTS: EVENTS2 }, deps) {
  const { url: url2, notifyUrl } = deps.config.sinks;
  const sinks = [];
  if (ARCHIVE !== void 0) sinks.push(archiveSink(ARCHIVE, deps));
  if (url2 !== void 0) sinks.push(httpsSink(url2, deps));
  if (EVENTS2 !== void 0) sinks.push(queueSink(EVENTS2, deps));
  if (notifyUrl !== void 0) sinks.push(notifySink(notifyUrl, deps));
  return sinks;
}

// worker/state/tally.ts
var MAX_COUNTED_AT_ONCE = 5e3;
var MAX_SORTS = 5e3;
var OTHER_GRANTS = "_other";
var META_KEY = "tally:1";
var CODE_MEMBERS = {
  refused: "code",
  failed: "code",
  end_failed: "code",
  returned: "credential_end",
  revoked: "credential_end",
  expired: "credential_end",
  authority_used: "action",
  recalled: "cause",
  repository_changed: "change",
  froze: "target",
  thawed: "target",
  key_rotated: "why"
};
var CODE = `CASE body ->> '$.type' ${Object.entries(CODE_MEMBERS).map(([type, member]) => `WHEN '${type}' THEN body ->> '$.${member}'`).join(" ")} END`;
var GRANT = `CASE WHEN body ->> '$.type' = 'refused' AND body ->> '$.kind' IS NULL THEN '' ELSE body ->> '$.grant' END`;
var COUNT = `
  SELECT coalesce(body ->> '$.type', '') AS type, coalesce(${GRANT}, '') AS grant_name, coalesce(body ->> '$.kind', '') AS kind,
    coalesce(${CODE}, '') AS code, count(*) AS entries, coalesce(sum(body ->> '$.refusals'), 0) AS refusals
  FROM entry WHERE seq > ? AND seq <= ? GROUP BY 1, 2, 3, 4`;
var count2 = number2().int().nonnegative();
var text7 = string2();
var tallyRow = object({ seq: count2, sorts: array(tuple([text7, text7, text7, text7, count2, count2])) });
function countOn(sql, headSeq) {
  const { seq, sorts } = storedTally(sql, headSeq);
  const to = Math.min(headSeq, seq + MAX_COUNTED_AT_ONCE);
  if (to === seq) return { seq, sorts: [...sorts.values()] };
  for (const group of sql.exec(COUNT, seq, to)) {
    const { grant_name: grant2, ...sort } = group;
    add(sorts, { ...sort, grant: grant2 });
  }
  const rows = [...sorts.values()].map(({ type, grant: grant2, kind, code, entries, refusals: refusals2 }) => [type, grant2, kind, code, entries, refusals2]);
  const write2 = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
  sql.exec(write2, META_KEY, JSON.stringify({ seq: to, sorts: rows }));
  return { seq: to, sorts: [...sorts.values()] };
}
function add(sorts, counted4) {
  const sort = sorts.has(keyOf3(counted4)) || sorts.size < MAX_SORTS || counted4.grant === "" ? counted4 : { ...counted4, grant: OTHER_GRANTS };
  const known = sorts.get(keyOf3(sort));
  const entries = (known?.entries ?? 0) + counted4.entries;
  sorts.set(keyOf3(sort), { ...sort, entries, refusals: (known?.refusals ?? 0) + counted4.refusals });
}
function keyOf3({ type, grant: grant2, kind, code }) {
  return JSON.stringify([type, grant2, kind, code]);
}
function storedTally(sql, headSeq) {
  const sorts = /* @__PURE__ */ new Map();
  const [row] = sql.exec("SELECT value FROM meta WHERE key = ?", META_KEY).toArray();
  const read3 = tallyRow.safeParse(parsed2(row?.value ?? ""));
  if (!read3.success || read3.data.seq > headSeq) return { seq: 0, sorts };
  for (const [type, grant2, kind, code, entries, refusals2] of read3.data.sorts) add(sorts, { type, grant: grant2, kind, code, entries, refusals: refusals2 });
  return { seq: read3.data.seq, sorts };
}
function parsed2(value) {
  try {
    return JSON.parse(value);
  } catch {
    return void 0;
  }
}

// worker/state/figures.ts
function readFigures(sql, { seq: head }) {
  const { seq, sorts } = countOn(sql, head);
  const [first] = sql.exec("SELECT id FROM lease ORDER BY id LIMIT 1").toArray();
  return { head, counted: seq, sorts, leases: countLeases(sql), ...first === void 0 ? {} : { earliestEnd: leaseEndsAt(first.id) } };
}
function countLeases(sql) {
  const query = `
    SELECT kind, CASE WHEN state = 'minting' THEN 'minting' ELSE 'live' END AS state, count(*) AS leases, count(recall) AS recalled, sum(tries > 0) AS failing
    FROM lease GROUP BY 1, 2 ORDER BY 1, 2`;
  return sql.exec(query).toArray().map((row) => ({ ...row, state: row.state === "minting" ? "minting" : "live" }));
}

// worker/state/chained-object.ts
import { DurableObject as DurableObject3 } from "cloudflare:workers";

// worker/state/entry-search.ts
var MAX_SCANNED = 2e4;
function searchEntries(sql, headSeq, { after, limit, since, until, members: members4 }) {
  const from = since === void 0 ? after : Math.max(after, firstAt(sql, headSeq, (at3) => at3 >= since) - 1);
  const end = until === void 0 ? headSeq : firstAt(sql, headSeq, (at3) => at3 > until) - 1;
  const to = Math.min(end, from + MAX_SCANNED);
  const texts = Object.entries(members4).map(([name3, value]) => `${JSON.stringify(name3)}:${JSON.stringify(value)}`);
  const wanted = texts.map(() => " AND instr(body, ?) > 0").join("");
  const rows = sql.exec(
    `SELECT seq, hash, body FROM entry WHERE seq > ? AND seq <= ?${wanted} ORDER BY seq LIMIT ?`,
    ...[from, to, ...texts, limit]
  );
  const lines = [];
  let characters = 0;
  let last = from;
  for (const { seq, hash, body } of rows) {
    characters += body.length;
    if (characters > MAX_ANSWER_CHARACTERS && lines.length > 0) return { lines, last, isEnd: false };
    lines.push(`{"hash":"${hash}",${body.slice(1)}`);
    last = seq;
  }
  if (lines.length < limit) last = Math.max(from, to);
  return { lines, last, isEnd: last >= end };
}
function firstAt(sql, headSeq, late) {
  let [low, high] = [1, headSeq + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [row] = sql.exec("SELECT body FROM entry WHERE seq = ?", middle).toArray();
    if (row === void 0 || late(writtenAt(row.body))) high = middle;
    else low = middle + 1;
  }
  return low;
}

// worker/state/ledger-schema.ts
var LEDGER_SCHEMA = `
  CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, jti TEXT, attempt TEXT, hash TEXT NOT NULL, body TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS entry_jti ON entry (jti) WHERE jti IS NOT NULL;
  CREATE TABLE IF NOT EXISTS lease (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, grant_name TEXT NOT NULL, workload TEXT NOT NULL, connection TEXT NOT NULL, kind TEXT NOT NULL,
    run_id TEXT NOT NULL, job TEXT NOT NULL, opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    credential TEXT, handle TEXT, tries INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0,
    repository_id TEXT NOT NULL DEFAULT '', run_attempt INTEGER NOT NULL DEFAULT 0, recall TEXT, cause TEXT, signer TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS draw (key TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, at, seq)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counted (key TEXT PRIMARY KEY, minute INTEGER NOT NULL, recorded INTEGER NOT NULL, uncounted INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tripwire (key TEXT PRIMARY KEY, minute INTEGER NOT NULL, refusals INTEGER NOT NULL, quiet_until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;
var LATER_LEASE_COLUMNS = {
  repository_id: "TEXT NOT NULL DEFAULT ''",
  run_attempt: "INTEGER NOT NULL DEFAULT 0",
  recall: "TEXT",
  cause: "TEXT",
  signer: "TEXT"
};
function prepareTables(sql) {
  sql.exec(LEDGER_SCHEMA);
  const known = sql.exec("SELECT * FROM lease LIMIT 0").columnNames;
  for (const [name3, type] of Object.entries(LATER_LEASE_COLUMNS)) {
    if (!known.includes(name3)) sql.exec(`ALTER TABLE lease ADD COLUMN ${name3} ${type}`);
  }
  sql.exec("CREATE INDEX IF NOT EXISTS lease_recalled ON lease (next_try) WHERE recall IS NOT NULL");
}

// worker/state/meta.ts
function readMeta(sql, key) {
  const [row] = sql.exec("SELECT value FROM meta WHERE key = ?", key).toArray();
  return row?.value;
}
function writeMeta(sql, key, value) {
  sql.exec("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value);
}

// worker/state/own-freezes.ts
var KEY = "own_freezes";
var BY = "tripwire";
function openOwnFreezes(sql) {
  let held2 = stored(sql);
  let isSpreading = false;
  const told2 = /* @__PURE__ */ new Set();
  const write2 = (freezes2) => {
    if (freezes2.length === 0) sql.exec("DELETE FROM meta WHERE key = ?", KEY);
    else writeMeta(sql, KEY, JSON.stringify(freezes2));
    held2 = freezes2;
  };
  const remove = (isGone) => {
    const rest = held2.filter((own2) => !isGone(own2));
    if (rest.length < held2.length) write2(rest);
  };
  return {
    list: () => held2,
    add: (freeze) => write2([...held2, freeze]),
    superseded: (by2) => remove((own2) => told2.has(own2) || by2.some((freeze) => sameTarget(own2, freeze))),
    async spread(store) {
      if (isSpreading) return true;
      isSpreading = true;
      try {
        for (const freeze of held2) {
          if (told2.has(freeze)) continue;
          if (await store.freeze(freeze) === "everywhere") remove((own2) => own2 === freeze);
          else told2.add(freeze);
        }
        return true;
      } catch {
        return false;
      } finally {
        isSpreading = false;
      }
    },
    reload() {
      held2 = stored(sql);
    }
  };
}
function freezeOf(workload2, reason3, since) {
  return { target: "workload", name: workload2, reason: reason3, since, by: BY };
}
function stored(sql) {
  const text8 = readMeta(sql, KEY);
  return text8 === void 0 ? [] : array(freezeSchema).parse(JSON.parse(text8));
}

// worker/state/chained-object.ts
var GIVEN_UP_AFTER_MS = 10 * 6e4;
var RETRY_SPREAD_MS = 5e3;
var ChainedObject = class extends DurableObject3 {
  sql;
  chainHead;
  ownFreezes;
  #name;
  #activation;
  /** When the alarm will ring. */
  #alarmAtMs = Number.POSITIVE_INFINITY;
  /** An entry was written that somebody should be woken for. */
  #isAlarming = false;
  constructor(ctx, env2) {
    super(ctx, env2);
    this.sql = ctx.storage.sql;
    prepareTables(this.sql);
    this.chainHead = readHead2(this.sql);
    this.ownFreezes = openOwnFreezes(this.sql);
    this.#name = readMeta(this.sql, "name");
    const activation = readMeta(this.sql, "activation");
    this.#activation = activation === void 0 ? void 0 : activationSchema.parse(JSON.parse(activation));
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAtMs = await ctx.storage.getAlarm() ?? Number.POSITIVE_INFINITY;
    });
  }
  async useAuthority({ ledger, jti, attempt, entry }) {
    await this.register(ledger);
    return this.transaction(() => {
      if (this.write(entry, { mark: { jti, attempt } })) return "used";
      return usedBy(this.sql, jti) === attempt ? "used" : "replayed";
    });
  }
  async append(ledger, entry) {
    await this.register(ledger);
    this.transaction(() => {
      this.write(entry);
    });
  }
  async recordCheckpoint({ ledger, facts, since }) {
    await this.register(ledger);
    return this.transaction(() => {
      if (wasCheckpointed(this.sql, since)) return "overtaken";
      this.write({ type: "checkpointed", ...facts });
      return this.chainHead;
    });
  }
  async activate(activation) {
    if (this.#activation !== void 0 && this.#activation.generation >= activation.generation) return;
    writeMeta(this.sql, "activation", JSON.stringify(activation));
    this.#activation = activation;
    this.ownFreezes.superseded(activation.freezes);
  }
  async entries(after, limit) {
    return readLines(this.sql, after, limit);
  }
  async search(search2) {
    return searchEntries(this.sql, this.chainHead.seq, search2);
  }
  async recentAsks(since, limit) {
    return readRecentAsks(this.sql, since, limit);
  }
  async head() {
    return this.chainHead;
  }
  /** False, and nothing written, when the mark's token was used before. */
  write(body, more = {}) {
    const head = appendEntry(this.sql, this.chainHead, { ledger: this.#name ?? "", at: Date.now(), body, ...more });
    if (head === void 0) return false;
    this.chainHead = head;
    this.#isAlarming ||= ALARMING_TYPES.includes(body.type);
    return true;
  }
  /** All or nothing: a throw rolls the rows back, and the head in memory with them. */
  transaction(work) {
    const head = this.chainHead;
    let outcome;
    try {
      outcome = this.ctx.storage.transactionSync(work);
    } catch (fault) {
      this.chainHead = head;
      this.ownFreezes.reload();
      throw fault;
    }
    if (this.chainHead !== head) this.shipLater();
    if (this.ownFreezes.list().length > 0) this.#spreadLater();
    return outcome;
  }
  /** Nobody waits for it: the alarm is set before the answer leaves, and the output gate holds the answer until it is durable. */
  shipLater() {
    const due = this.shippingDue(this.chainHead, this.#isAlarming ? "alarm" : "entry");
    this.#isAlarming = false;
    if (due !== void 0) this.ctx.waitUntil(this.alarmBy(Math.max(due, Date.now())));
  }
  /** The alarm first: it goes on when this object dies on the way. */
  #spreadLater() {
    this.ctx.waitUntil(this.alarmBy(Date.now() + RETRY_SPREAD_MS));
    this.ctx.waitUntil(this.spreadFreezes());
  }
  async spreadFreezes() {
    const isSpread = await this.ownFreezes.spread(this.env.POLICY_STORE.getByName("policy"));
    if (!isSpread) await this.alarmBy(Date.now() + RETRY_SPREAD_MS);
  }
  /** When the policy store must be told again of what this ledger froze. */
  get spreadingDue() {
    return this.ownFreezes.list().length > 0 ? Date.now() + RETRY_SPREAD_MS : void 0;
  }
  /** A ledger that was never used asks the policy store what is in force, which will push to it from then on. */
  async register(ledger) {
    if (this.#name === void 0) {
      writeMeta(this.sql, "name", ledger);
      this.#name = ledger;
    }
    if (this.#activation !== void 0) return;
    await this.activate(await this.env.POLICY_STORE.getByName("policy").register(ledger));
  }
  get inForce() {
    const activation = this.#activation ?? { generation: 0, policy: null, freezes: [] };
    const own2 = this.ownFreezes.list();
    return own2.length === 0 ? activation : { ...activation, freezes: [...activation.freezes, ...own2] };
  }
  /** Makes sure that the alarm rings at `atMs` or earlier. Costs nothing when it will anyway, which is the usual case. */
  async alarmBy(atMs) {
    const now2 = Date.now();
    const isGivenUp = this.#alarmAtMs < now2 - GIVEN_UP_AFTER_MS;
    if (this.#alarmAtMs <= atMs && !isGivenUp) return;
    this.#alarmAtMs = isGivenUp ? now2 : atMs;
    try {
      await this.ctx.storage.setAlarm(this.#alarmAtMs);
    } catch (fault) {
      this.#alarmAtMs = Number.POSITIVE_INFINITY;
      throw fault;
    }
  }
  /** Forgets when the alarm was to ring: the sweep knows of all that is due. */
  async alarmAnew(atMs) {
    this.#alarmAtMs = Number.POSITIVE_INFINITY;
    if (atMs !== void 0) await this.alarmBy(atMs);
  }
};

// worker/state/entry-bodies.ts
var MAX_REASON = 500;
function recordOf({ policy, decision, runId, subject: subject2 }) {
  return { policy, decision, run_id: runId, ...subject2 };
}
function openingEntry(admission) {
  const { lease } = admission;
  const opening = { lease: lease.id, expires_at: lease.expiresAt, ...recordOf(admission) };
  if (lease.credential === void 0) return { type: "opened", ...opening };
  return { type: "issued", credential: lease.credential, ...lease.signer === void 0 ? {} : { signer: lease.signer }, ...opening };
}
function leaseFacts({ id: id5, grant: grant2, workload: workload2, connection: connection6, kind, runId }) {
  return { lease: id5, grant: grant2, workload: workload2, connection: connection6, kind, run_id: runId };
}
function endFailedEntry({ lease, nextTry }, { code, detail }) {
  return { type: "end_failed", lease: lease.id, grant: lease.grant, code, detail, lives_until: lease.expiresAt, next_try: nextTry };
}
function trippedEntry({ tripwire, refusals: refusals2, freezes: freezes2 }, record3) {
  return {
    type: "tripped",
    tripwire,
    ...recordOf(record3),
    ...record3.tripwires === void 0 ? {} : { repository: record3.tripwires.repository, repository_id: record3.tripwires.repositoryId },
    ...refusals2 === void 0 ? {} : { refusals: refusals2 },
    freezes: [...freezes2]
  };
}
function frozeEntry(freeze) {
  return {
    type: "froze",
    target: freeze.target,
    ...freeze.target === "all" ? {} : { name: freeze.name },
    reason: freeze.reason,
    by: freeze.by
  };
}
function entriesOfTrip(trip, record3, { now: now2, freezes: freezes2 }) {
  const own2 = trip.freezes.map((workload2) => freezeOf(workload2, tripReason(trip, record3), new Date(now2).toISOString()));
  for (const freeze of own2) freezes2.add(freeze);
  return [trippedEntry(trip, record3), ...own2.map(frozeEntry)];
}
function tripReason({ tripwire, refusals: refusals2 }, { subject: subject2, tripwires: tripwires2, runId, decision }) {
  const who = `${tripwires2?.repository ?? "a repository"} (run ${runId}, decision ${decision})`;
  const text8 = tripwire === "canary" ? `canary ${subject2.grant} asked for by ${who}` : `${refusals2} refusals in a minute of ${who}`;
  return text8.slice(0, MAX_REASON);
}

// worker/state/group-commit.ts
function groupCommit({ write: write2, durable }) {
  let waiting = [];
  let isLed = false;
  async function lead() {
    isLed = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await commit(group);
    }
    isLed = false;
  }
  async function commit(group) {
    try {
      const answers = writeAll(group);
      await durable();
      for (const answer of answers) answer();
    } catch (fault) {
      for (const { reject } of group) reject(fault);
    }
  }
  function writeAll(group) {
    try {
      const outcomes = write2(group.map(({ ask }) => ask));
      return outcomes.map((outcome, index) => () => group[index]?.resolve(outcome));
    } catch (fault) {
      if (group.length > 1) return group.flatMap((one) => writeAll([one]));
      return group.map(
        ({ reject }) => () => reject(fault)
      );
    }
  }
  return (ask) => new Promise((resolve2, reject) => {
    waiting.push({ ask, resolve: resolve2, reject });
    if (!isLed) void lead();
  });
}

// worker/state/leases.ts
var COLUMNS = "id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, signer, handle, tries, next_try, recall, cause";
var FILTER_COLUMNS = {
  lease: "id",
  run: "run_id",
  job: "job",
  workload: "workload",
  grant: "grant_name",
  connection: "connection",
  kind: "kind",
  credential: "credential",
  signer: "signer"
};
function openLease(sql, lease, subject2, now2) {
  sql.exec(
    "INSERT INTO lease (id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, handle, repository_id, run_attempt, signer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    lease.id,
    lease.state,
    subject2.grant,
    subject2.workload ?? "",
    subject2.connection ?? "",
    subject2.kind ?? "",
    lease.runId,
    lease.job,
    now2,
    lease.expiresAt,
    lease.credential ?? null,
    lease.handle ?? null,
    lease.repositoryId ?? "",
    lease.runAttempt ?? 0,
    lease.signer ?? null
  );
}
function handlesWithout(sql, { prefix, after, limit }) {
  const query = "SELECT id AS lease, handle FROM lease WHERE id > ? AND handle IS NOT NULL AND substr(handle, 1, ?) <> ? ORDER BY id LIMIT ?";
  return sql.exec(query, after, prefix.length, prefix, limit).toArray();
}
function replaceHandle(sql, { lease, handle }, renewed) {
  sql.exec("UPDATE lease SET handle = ? WHERE id = ? AND handle = ?", renewed, lease, handle);
}
function settleLease(sql, { lease, expiresAt, credential: credential3, handle }) {
  const done2 = sql.exec(
    "UPDATE lease SET state = 'live', expires_at = ?, credential = ?, handle = ? WHERE id = ? AND state = 'minting'",
    expiresAt,
    credential3,
    handle ?? null,
    lease
  );
  return done2.rowsWritten > 0;
}
function findLease(sql, id5) {
  const [row] = sql.exec(`SELECT ${COLUMNS} FROM lease WHERE id = ?`, id5).toArray();
  return row === void 0 ? void 0 : readRow(row);
}
function deleteLease(sql, id5) {
  return sql.exec("DELETE FROM lease WHERE id = ?", id5).rowsWritten > 0;
}
function selectLeases(sql, where, values, limit) {
  return sql.exec(`SELECT ${COLUMNS} FROM lease ${where} ORDER BY id LIMIT ?`, ...values, limit).toArray().map(readRow);
}
function listLeases(sql, filter, { limit, after }) {
  const terms = ["id > ?"];
  const values = [after];
  for (const [name3, column] of Object.entries(FILTER_COLUMNS)) {
    const value = Reflect.get(filter, name3);
    if (typeof value !== "string") continue;
    terms.push(`${column} = ?`);
    values.push(value);
  }
  return selectLeases(sql, `WHERE ${terms.join(" AND ")}`, values, limit);
}
function stuckLeases(sql, now2, grace) {
  const where = "WHERE state = 'minting' AND (opened_at <= ? OR id < ?)";
  return sql.exec(`SELECT ${COLUMNS} FROM lease ${where}`, now2 - grace, leaseIdFloor(now2)).toArray().map(readRow);
}
function nextStuck(sql, grace) {
  const columns = "min(opened_at) AS opened, min(id) AS first";
  const { opened: opened2, first } = sql.exec(`SELECT ${columns} FROM lease WHERE state = 'minting'`).one();
  return opened2 === null || first === null ? void 0 : Math.min(opened2 + grace, leaseEndsAt(first) + 1) * 1e3;
}
function readRow(row) {
  return {
    id: row.id,
    state: readState(row.state),
    grant: row.grant_name,
    workload: row.workload,
    connection: row.connection,
    kind: row.kind,
    runId: row.run_id,
    job: row.job,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
    credential: row.credential,
    signer: row.signer,
    handle: row.handle,
    ...row.recall === null ? {} : { recalled: { how: readEnding(row.recall), ...row.cause === null ? {} : { cause: row.cause } } },
    ...row.tries === 0 ? {} : { failing: { tries: row.tries, nextTry: row.next_try } }
  };
}
function readState(state) {
  return state === "minting" ? "minting" : "live";
}
function readEnding(how) {
  return how === "returned" || how === "expired" ? how : "revoked";
}

// worker/state/lease-endings.ts
var FIRST_RETRY2 = 5;
var LONGEST_RETRY2 = 600;
var MOST_DOUBLINGS = 10;
var MINTING_GRACE = 120;
function firstAlarmOf({ id: id5, state }, now2) {
  const end = leaseEndsAt(id5) * 1e3;
  return state === "live" ? end : Math.min(end, now2 + MINTING_GRACE * 1e3);
}
function retryWait(tries, { code, retryAfter: retryAfter2 = 0 }) {
  if (code === "upstream_refused") return LONGEST_RETRY2;
  return Math.min(LONGEST_RETRY2, Math.max(retryAfter2, FIRST_RETRY2 * 2 ** Math.min(tries, MOST_DOUBLINGS)));
}
function recallLeases(sql, selection2, { how, cause }) {
  const { where, values } = termsOf(selection2);
  const { ids } = sql.exec(`SELECT count(*) AS ids FROM lease WHERE recall IS NULL AND ${where}`, ...values).one();
  if (ids > 0) sql.exec(`UPDATE lease SET recall = ?, cause = ? WHERE recall IS NULL AND ${where}`, how, cause ?? null, ...values);
  return ids;
}
function termsOf(selection2) {
  if ("job" in selection2) return { where: `job IN (${selection2.job.map(() => "?").join(", ")})`, values: [...selection2.job] };
  if ("run" in selection2) return { where: "run_id = ? AND run_attempt <= ?", values: [selection2.run, selection2.upToAttempt] };
  return { where: "repository_id = ?", values: [selection2.repository] };
}
function dueLeases(sql, now2, limit) {
  const recalled = selectLeases(sql, "INDEXED BY lease_recalled WHERE recall IS NOT NULL AND next_try <= ?", [now2], limit);
  const past = "WHERE id < ? AND next_try <= ? AND state = 'live' AND recall IS NULL";
  return [...recalled, ...selectLeases(sql, past, [leaseIdFloor(now2 + 1), now2], limit - recalled.length)];
}
function nextRecalled(sql) {
  return sql.exec("SELECT min(next_try) AS at FROM lease WHERE recall IS NOT NULL").one().at ?? void 0;
}
function nextDue(sql, now2) {
  const floor = leaseIdFloor(now2 + 1);
  const past = "SELECT min(next_try) AS at FROM lease WHERE id < ? AND state = 'live' AND recall IS NULL";
  const [overdue2] = sql.exec(past, floor).toArray();
  const [ahead] = sql.exec("SELECT id AS at FROM lease WHERE id >= ? ORDER BY id LIMIT 1", floor).toArray();
  const candidates2 = [nextRecalled(sql), overdue2?.at ?? void 0, ahead === void 0 ? void 0 : leaseEndsAt(ahead.at)];
  const known = candidates2.filter((at3) => at3 !== void 0);
  return known.length === 0 ? void 0 : Math.min(...known);
}
function postponeLease(sql, failed2, now2) {
  const lease = findLease(sql, failed2.lease);
  if (lease === void 0) return void 0;
  const isPast = leaseEndsAt(lease.id) <= now2;
  if (lease.recalled === void 0 && !isPast) sql.exec("UPDATE lease SET recall = ? WHERE id = ?", failed2.how, lease.id);
  if (lease.failing !== void 0 && lease.failing.nextTry > now2) return void 0;
  const tries = (lease.failing?.tries ?? 0) + 1;
  const nextTry = Math.min(now2 + retryWait(tries - 1, failed2), Math.max(now2 + 1, lease.expiresAt));
  sql.exec("UPDATE lease SET tries = ?, next_try = ? WHERE id = ?", tries, nextTry, lease.id);
  return { lease, tries, nextTry };
}
function recallKept(sql, id5, cause, nextTry) {
  sql.exec("UPDATE lease SET recall = 'revoked', cause = ?, tries = 1, next_try = ? WHERE id = ?", cause, nextTry, id5);
}

// worker/state/limits.ts
var HOUR_MS = 36e5;
var JOB_RETRY_AFTER = 3600;
var JOB_MEMORY_MS = 7 * 24 * HOUR_MS;
function countersOf({ grant: grant2, workload: workload2, job, limits: limits2 }) {
  const counters = [];
  const add2 = (limit, max, parts) => {
    if (max !== void 0) counters.push({ limit, max, key: JSON.stringify(parts), slides: !limit.endsWith("per_job") });
  };
  add2("per_job", limits2.perJob, ["job", grant2, job]);
  add2("workload_per_job", limits2.workload?.perJob, ["workload-job", workload2, job]);
  add2("per_hour", limits2.perHour, ["hour", grant2, workload2]);
  add2("workload_per_hour", limits2.workload?.perHour, ["workload-hour", workload2]);
  add2("per_hour_total", limits2.perHourTotal, ["hour", grant2]);
  return counters;
}
function reachedLimit(sql, draw, now2) {
  for (const { limit, max, key, slides } of countersOf(draw)) {
    const { drawn, oldest } = count3(sql, key, slides ? now2 - HOUR_MS : 0);
    if (drawn < max) continue;
    const freeAt = (oldest ?? now2) + HOUR_MS;
    return { limit, retryAfter: slides ? Math.max(1, Math.ceil((freeAt - now2) / 1e3)) : JOB_RETRY_AFTER };
  }
  return void 0;
}
function recordDraw(sql, draw, now2, seq) {
  for (const { key, slides } of countersOf(draw)) {
    if (slides) sql.exec("DELETE FROM draw WHERE key = ? AND at <= ?", key, now2 - HOUR_MS);
    sql.exec("INSERT INTO draw (key, at, seq) VALUES (?, ?, ?)", key, now2, seq);
  }
}
function forgetOldDraws(sql, now2) {
  sql.exec("DELETE FROM draw WHERE at <= ?", now2 - JOB_MEMORY_MS);
}
function count3(sql, key, after) {
  return sql.exec(
    "SELECT count(*) AS drawn, min(at) AS oldest FROM draw WHERE key = ? AND at > ?",
    key,
    after
  ).one();
}

// worker/state/refusal-count.ts
var RECORDED_PER_MINUTE = 60;
var MINUTE_MS2 = 6e4;
function countRefusal(sql, key, now2) {
  const minute = Math.floor(now2 / MINUTE_MS2);
  const [row] = sql.exec("SELECT key, minute, recorded, uncounted FROM counted WHERE key = ?", key).toArray();
  if (row === void 0) {
    sql.exec("INSERT INTO counted (key, minute, recorded, uncounted) VALUES (?, ?, 1, 0)", key, minute);
    return true;
  }
  if (row.minute !== minute && row.uncounted === 0) {
    sql.exec("UPDATE counted SET minute = ?, recorded = 1 WHERE key = ?", minute, key);
    return true;
  }
  if (row.minute === minute && row.recorded < RECORDED_PER_MINUTE) {
    sql.exec("UPDATE counted SET recorded = recorded + 1 WHERE key = ?", key);
    return true;
  }
  sql.exec("UPDATE counted SET uncounted = uncounted + 1 WHERE key = ?", key);
  return false;
}
function takeUncounted(sql, now2) {
  const minute = Math.floor(now2 / MINUTE_MS2);
  const rows = sql.exec("SELECT key, minute, recorded, uncounted FROM counted WHERE minute <> ? AND uncounted > 0", minute).toArray();
  sql.exec("DELETE FROM counted WHERE minute <> ?", minute);
  return rows.map((row) => ({ key: row.key, minute: row.minute * MINUTE_MS2, refusals: row.uncounted }));
}
function nextCountDue(sql) {
  const row = sql.exec("SELECT min(minute) AS minute FROM counted WHERE uncounted > 0").one();
  return row.minute === null ? void 0 : (row.minute + 1) * MINUTE_MS2;
}

// worker/state/tripwires.ts
var MINUTE_MS3 = 6e4;
var QUIET_MS = 36e5;
var FRESH2 = { minute: 0, refusals: 0, quiet_until: 0 };
function tripsOf(sql, refused6) {
  const { tripwires: tripwires2 } = refused6.record;
  if (tripwires2 === void 0) return [];
  const freezes2 = tripwires2.freezes.filter((name3) => !refused6.isFrozen(name3));
  const canary = tripwires2.isCanary ? canaryTrip(sql, refused6, freezes2) : void 0;
  const refusals2 = refusalsTrip(sql, refused6, canary === void 0 ? freezes2 : []);
  return [canary, refusals2].filter((trip) => trip !== void 0);
}
function canaryTrip(sql, { record: record3, now: now2 }, freezes2) {
  const key = JSON.stringify(["canary", record3.subject.grant, record3.counted]);
  if (!isLoud(rowOf(sql, key), now2, freezes2)) return void 0;
  write(sql, key, { ...FRESH2, quiet_until: now2 + QUIET_MS });
  return { tripwire: "canary", freezes: freezes2 };
}
function refusalsTrip(sql, { record: record3, code, now: now2 }, freezes2) {
  const most = record3.tripwires?.refusalsPerMinute;
  if (most === void 0 || code === "frozen") return void 0;
  const key = JSON.stringify(["refusals", record3.counted]);
  const row = rowOf(sql, key);
  const minute = Math.floor(now2 / MINUTE_MS3);
  const refusals2 = row.minute === minute ? row.refusals + 1 : 1;
  const hasTripped = refusals2 > most && isLoud(row, now2, freezes2);
  write(sql, key, hasTripped ? { minute, refusals: 0, quiet_until: now2 + QUIET_MS } : { ...row, minute, refusals: refusals2 });
  return hasTripped ? { tripwire: "refusals_per_minute", refusals: refusals2, freezes: freezes2 } : void 0;
}
function forgetOldTrips(sql, now2) {
  sql.exec("DELETE FROM tripwire WHERE quiet_until <= ? AND minute < ?", now2, Math.floor(now2 / MINUTE_MS3));
}
function isLoud({ quiet_until: quietUntil }, now2, freezes2) {
  return now2 >= quietUntil || freezes2.length > 0;
}
function rowOf(sql, key) {
  const [row] = sql.exec("SELECT minute, refusals, quiet_until FROM tripwire WHERE key = ?", key).toArray();
  return row ?? FRESH2;
}
function write(sql, key, { minute, refusals: refusals2, quiet_until: quietUntil }) {
  sql.exec("INSERT OR REPLACE INTO tripwire (key, minute, refusals, quiet_until) VALUES (?, ?, ?, ?)", key, minute, refusals2, quietUntil);
}

// worker/state/ledger.ts
var NOT_HANDED_OVER = "not_handed_over";
var LedgerObject = class extends ChainedObject {
  /** Refusals were only counted since the last sweep. */
  #counting = false;
  /** When the sweep must look at the leases of the group that is being written. */
  #groupDueMs = Number.POSITIVE_INFINITY;
  #admitInGroup = groupCommit({
    write: (admissions) => this.#admitAll(admissions),
    durable: async () => {
      const dueMs = Math.min(this.#groupDueMs, this.#countDue());
      this.#groupDueMs = Number.POSITIVE_INFINITY;
      await this.alarmBy(dueMs);
      await this.ctx.storage.sync();
    }
  });
  async admit(admission) {
    await this.register(admission.ledger);
    return this.#admitInGroup(admission);
  }
  async refuse(refusal) {
    await this.register(refusal.ledger);
    const outcome = this.transaction(() => {
      const { policy, freezes: freezes2 } = this.inForce;
      if (policy !== refusal.policy) return { outcome: "stale", policy };
      const frozen = freezes2.some((freeze) => freezeMatches(freeze, refusal.subject));
      return this.#refused(refusal, frozen ? "frozen" : refusal.code, { outcome: frozen ? "frozen" : "recorded" });
    });
    await this.alarmBy(this.#countDue());
    return outcome;
  }
  async settle(settlement) {
    return this.transaction(() => {
      const lease = findLease(this.sql, settlement.lease);
      if (lease === void 0) return "gone";
      if (lease.state === "live") return lease.credential === settlement.credential ? "settled" : "gone";
      settleLease(this.sql, settlement);
      this.write({ type: "issued", lease: lease.id, credential: settlement.credential, ...settlement.facts });
      return "settled";
    });
  }
  async fail(lease, facts) {
    this.transaction(() => {
      this.#failed(lease, facts, deleteLease(this.sql, lease));
    });
  }
  async leases(filter, limit, after = "") {
    return listLeases(this.sql, filter, { limit, after });
  }
  async end({ lease, how, state, facts }) {
    return this.transaction(() => {
      const record3 = findLease(this.sql, lease);
      if (record3 !== void 0 && state !== void 0 && record3.state !== state) return "moved_on";
      if (record3 === void 0 || !deleteLease(this.sql, lease)) return "already_over";
      this.write({ type: how, ...leaseFacts(record3), ...facts });
      return "ended";
    });
  }
  async handlesWithout(prefix, after, limit) {
    return handlesWithout(this.sql, { prefix, after, limit });
  }
  async replaceHandle(from, handle) {
    replaceHandle(this.sql, from, handle);
  }
  async endFailed(failed2) {
    this.transaction(() => {
      const postponed = postponeLease(this.sql, failed2, Math.floor(Date.now() / 1e3));
      if (postponed?.tries === 1) this.write(endFailedEntry(postponed, failed2));
    });
    await this.#alarmForRecalled();
  }
  async keep({ lease, subject: subject2, facts }) {
    const now2 = Math.floor(Date.now() / 1e3);
    this.transaction(() => {
      if (usedBy(this.sql, failureMark(lease.id).jti) !== void 0) return;
      const wasOpen = deleteLease(this.sql, lease.id);
      openLease(this.sql, lease, subject2, now2);
      recallKept(this.sql, lease.id, NOT_HANDED_OVER, now2 + retryWait(0, { code: "upstream_unavailable" }));
      this.#failed(lease.id, facts, wasOpen);
    });
    await this.#alarmForRecalled();
  }
  async heed({ mark, attempt, entry, recalls }) {
    const outcome = this.transaction(() => {
      const first = usedBy(this.sql, mark);
      if (first !== void 0 && first !== attempt) return { outcome: "repeated" };
      const leases = recalls === void 0 ? 0 : recallLeases(this.sql, recalls.leases, { how: "revoked", cause: recalls.cause });
      const isWorthAnEntry = entry.type !== "recalled" || leases > 0;
      if (first === void 0 && isWorthAnEntry) this.write({ ...entry, leases }, { mark: { jti: mark, attempt } });
      return { outcome: "heeded", leases };
    });
    await this.#alarmForRecalled();
    return outcome;
  }
  /** For the sweep: counted refusals are written down and old limits forgotten. */
  tidy(nowMs) {
    this.#counting = false;
    this.transaction(() => {
      for (const { key, minute, refusals: refusals2 } of takeUncounted(this.sql, nowMs)) {
        this.write({ type: "refusals_counted", counted: key, minute: new Date(minute).toISOString(), refusals: refusals2 });
      }
      forgetOldDraws(this.sql, nowMs);
      forgetOldTrips(this.sql, nowMs);
    });
  }
  /** For the sweep: the leases to be ended now, and those whose mint never came back. */
  dueNow(nowMs, limit) {
    const now2 = Math.floor(nowMs / 1e3);
    return { due: dueLeases(this.sql, now2, limit), stuck: stuckLeases(this.sql, now2, MINTING_GRACE) };
  }
  /** For the sweep: a lease whose worker never came back. */
  orphan(lease, facts) {
    this.transaction(() => {
      if (deleteLease(this.sql, lease.id)) this.write({ type: "orphaned", ...leaseFacts(lease), ...facts });
    });
  }
  /** For the sweep, when it is done: sets the alarm for whatever comes next, and not before `earliestMs`. */
  async scheduleNext(earliestMs) {
    const due = nextDue(this.sql, Math.floor(Date.now() / 1e3));
    const candidates2 = [
      due === void 0 ? void 0 : due * 1e3,
      nextCountDue(this.sql),
      nextStuck(this.sql, MINTING_GRACE),
      this.shippingDue(this.chainHead, "sweep"),
      this.spreadingDue
    ].filter((at3) => at3 !== void 0);
    await this.alarmAnew(candidates2.length === 0 ? void 0 : Math.max(Date.now() + 1, earliestMs, Math.min(...candidates2)));
  }
  #admitAll(admissions) {
    return this.transaction(() => admissions.map((admission) => this.#admitOne(admission)));
  }
  #admitOne(admission) {
    const { policy, freezes: freezes2, revokedKeys: revokedKeys2 } = this.inForce;
    if (policy !== admission.policy) return { outcome: "stale", policy };
    const { signer } = admission.lease;
    if (signer !== void 0 && revokedKeys2?.includes(signer) === true) return { outcome: "signer_revoked", kid: signer };
    if (freezes2.some((freeze) => freezeMatches(freeze, admission.subject))) {
      return this.#usedAlready(admission, "own") ?? this.#refused(admission, "frozen", { outcome: "frozen" });
    }
    return this.#open(admission);
  }
  #open(admission) {
    const { subject: subject2, lease, limits: limits2, jti, attempt } = admission;
    const now2 = Date.now();
    const draw = { grant: subject2.grant, workload: subject2.workload ?? "", job: lease.job, limits: limits2 };
    const reached = reachedLimit(this.sql, draw, now2);
    if (reached !== void 0) {
      return this.#usedAlready(admission, "any") ?? this.#refused(admission, "limit_reached", { outcome: "limit_reached", ...reached });
    }
    if (!this.write(openingEntry(admission), { ask: admission.ask, mark: { jti, attempt } })) {
      return this.#usedAlready(admission, "any") ?? { outcome: "replayed" };
    }
    openLease(this.sql, lease, subject2, Math.floor(now2 / 1e3));
    recordDraw(this.sql, draw, now2, this.chainHead.seq);
    this.#groupDueMs = Math.min(this.#groupDueMs, firstAlarmOf(lease, now2));
    return { outcome: "admitted" };
  }
  /** A token used before: by this very attempt, whose first answer got lost, or (`any`) by another, which is a replay. */
  #usedAlready(admission, by2) {
    const first = usedBy(this.sql, admission.jti);
    if (first === void 0) return void 0;
    if (first === admission.attempt) return { outcome: "admitted" };
    return by2 === "own" ? void 0 : this.#refused(admission, "token_replayed", { outcome: "replayed" });
  }
  #failed(lease, facts, wasOpen) {
    this.write({ type: "failed", lease, ...facts, ...wasOpen ? {} : { lease_was_over: true } }, { mark: failureMark(lease) });
  }
  #refused(record3, code, outcome) {
    if (countRefusal(this.sql, record3.counted, Date.now())) this.write({ type: "refused", code, ...recordOf(record3) }, { ask: record3.ask });
    else this.#counting = true;
    this.#trip(record3, code);
    return outcome;
  }
  /** What trips freezes in the same turn: no exchange that comes later is admitted. */
  #trip(record3, code) {
    const now2 = Date.now();
    const isFrozen = (name3) => this.inForce.freezes.some((one) => one.target === "workload" && one.name === name3);
    for (const trip of tripsOf(this.sql, { record: record3, code, now: now2, isFrozen })) {
      for (const entry of entriesOfTrip(trip, record3, { now: now2, freezes: this.ownFreezes })) this.write(entry);
    }
  }
  /** When refusals that were only counted must be written down: whoever counts one sees to the alarm. */
  #countDue() {
    return (this.#counting ? nextCountDue(this.sql) : void 0) ?? Number.POSITIVE_INFINITY;
  }
  async #alarmForRecalled() {
    const due = nextRecalled(this.sql);
    if (due !== void 0) await this.alarmBy(Math.max(Date.now(), due * 1e3));
  }
};

// worker/sweep.ts
var LEASES_AT_ONCE = 100;
var ENDINGS_AT_ONCE2 = 10;
var PAUSE_AFTER_FAULT_MS = 6e4;
var Ledger = class extends LedgerObject {
  #cursors;
  constructor(ctx, env2) {
    super(ctx, env2);
    this.#cursors = openCursors(ctx.storage.sql, sinkPlans(readSinkConfig(env2)));
  }
  /** INVARIANT: what cannot be written about one lease, or about counts, holds up nothing else. A throw here would be tried again six times by the runtime, then never. */
  async alarm() {
    const deps = buildDeps(this.env);
    const nowMs = deps.nowMs();
    let faults = await faultsOf(() => this.spreadFreezes(), deps);
    faults += await faultsOf(() => this.tidy(nowMs), deps);
    const { due, stuck } = this.dueNow(nowMs, LEASES_AT_ONCE);
    for (const lease of stuck) {
      faults += await faultsOf(() => this.orphan(lease, { may_live_until: lease.openedAt + longestLife(lease) }), deps, lease);
    }
    for (let start = 0; start < due.length; start += ENDINGS_AT_ONCE2) {
      const batch = due.slice(start, start + ENDINGS_AT_ONCE2);
      const outcomes = await Promise.all(batch.map((lease) => faultsOf(() => this.#endDue(lease, deps), deps, lease)));
      for (const outcome of outcomes) faults += outcome;
    }
    if (this.#cursors.plans.length > 0) faults += await faultsOf(() => this.#ship(deps), deps);
    await this.scheduleNext(faults === 0 ? nowMs : nowMs + PAUSE_AFTER_FAULT_MS);
  }
  async sinks() {
    const { sql } = this.ctx.storage;
    this.shipLater();
    return statusOf(sql, this.#cursors, readHead2(sql));
  }
  async figures() {
    return readFigures(this.ctx.storage.sql, this.chainHead);
  }
  shippingDue(head, after) {
    const { sql } = this.ctx.storage;
    if (after === "alarm" && this.#cursors.plans.some(({ isUrgent }) => isUrgent !== void 0)) return Date.now();
    return nextShipping(this.#cursors, head, after === "sweep" ? ({ seq }) => writtenAfter(sql, seq) : Date.now);
  }
  async #ship(deps) {
    const { sql } = this.ctx.storage;
    await shipAll({ sql, cursors: this.#cursors, head: () => readHead2(sql) }, buildSinks(this.env, deps), deps);
  }
  async #endDue(lease, deps) {
    const { how, cause } = lease.recalled ?? { how: "expired" };
    const facts = await endAtUpstream(lease, deps);
    if (facts.ok) {
      await this.end({ lease: lease.id, how, state: lease.state, facts: { ...facts.value, ...cause === void 0 ? {} : { cause } } });
      return;
    }
    const { code, detail, retryAfter: retryAfter2 } = facts.error;
    const count4 = (lease.failing?.tries ?? 0) + 1;
    deps.log({ event: "sweep", outcome: "end_failed", lease: lease.id, grant: lease.grant, count: count4, code, detail });
    await this.endFailed({ lease: lease.id, how, code, detail, ...retryAfter2 === void 0 ? {} : { retryAfter: retryAfter2 } });
  }
};
async function faultsOf(work, deps, lease) {
  try {
    await work();
    return 0;
  } catch (fault) {
    const detail = fault instanceof Error ? fault.name : "not an error";
    deps.log({ event: "sweep", outcome: "fault", detail, ...lease === void 0 ? {} : { lease: lease.id, grant: lease.grant } });
    return 1;
  }
}
function longestLife({ kind }) {
  return isKindName(kind) ? kindOf(kind).lifetime.max : 0;
}

// worker/index.ts
var app = makeApp(buildDeps(env));
var index_default = {
  fetch: (request2) => app.fetch(request2)
};
export {
  Keyring,
  Ledger,
  PolicyStore,
  index_default as default
};
