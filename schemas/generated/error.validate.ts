// @ts-nocheck
// Generated from ../error.schema.json by `npm run generate`; do not edit.
import type { Validator } from '../validator.ts';
import { codePointLength } from '../code-point-length.ts';
import type { BusError, BusErrorCode, BusErrorData, BusErrorName } from './error.ts';

/** Whether a value is a {@link BusErrorName}; `errors` then says what is wrong. */
export const validateBusErrorName: Validator<BusErrorName> = validate0;
const schema1 = {"enum":["PARSE_ERROR","INVALID_REQUEST","INVALID_PARAMS","WORKER_LOST","UNAVAILABLE","DRAINING","UNKNOWN_POOL","OVERLOADED","FRAME_TOO_LARGE","DEADLINE_EXCEEDED"]};

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate0.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === "PARSE_ERROR") || (data === "INVALID_REQUEST")) || (data === "INVALID_PARAMS")) || (data === "WORKER_LOST")) || (data === "UNAVAILABLE")) || (data === "DRAINING")) || (data === "UNKNOWN_POOL")) || (data === "OVERLOADED")) || (data === "FRAME_TOO_LARGE")) || (data === "DEADLINE_EXCEEDED"))){
validate0.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema1.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"dynamicProps":false,"dynamicItems":false};

/** Whether a value is a {@link BusErrorCode}; `errors` then says what is wrong. */
export const validateBusErrorCode: Validator<BusErrorCode> = validate2;
const schema3 = {"enum":[-32700,-32600,-32602,-32050,-32051,-32052,-32053,-32054,-32055,-32056]};

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate2.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === -32700) || (data === -32600)) || (data === -32602)) || (data === -32050)) || (data === -32051)) || (data === -32052)) || (data === -32053)) || (data === -32054)) || (data === -32055)) || (data === -32056))){
validate2.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema3.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate2.errors = vErrors;
return errors === 0;
}
validate2.evaluated = {"dynamicProps":false,"dynamicItems":false};

/** Whether a value is a {@link BusErrorData}; `errors` then says what is wrong. */
export const validateBusErrorData: Validator<BusErrorData> = validate4;
const schema5 = {"type":"object","required":["source","name","retryable","delivered"],"properties":{"source":{"const":"bus"},"name":{"$ref":"#/$defs/BusErrorName"},"retryable":{"type":"boolean"},"delivered":{"type":"boolean"},"supportedVersions":{"type":"array","items":{"type":"string","minLength":1}}}};

function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate6.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === "PARSE_ERROR") || (data === "INVALID_REQUEST")) || (data === "INVALID_PARAMS")) || (data === "WORKER_LOST")) || (data === "UNAVAILABLE")) || (data === "DRAINING")) || (data === "UNKNOWN_POOL")) || (data === "OVERLOADED")) || (data === "FRAME_TOO_LARGE")) || (data === "DEADLINE_EXCEEDED"))){
validate6.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema1.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate6.errors = vErrors;
return errors === 0;
}
validate6.evaluated = {"dynamicProps":false,"dynamicItems":false};

const func1 = codePointLength;

function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate4.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.source === undefined) && (missing0 = "source")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.retryable === undefined) && (missing0 = "retryable"))) || ((data.delivered === undefined) && (missing0 = "delivered"))){
validate4.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.source !== undefined){
const _errs1 = errors;
if("bus" !== data.source){
validate4.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/const",keyword:"const",params:{allowedValue: "bus"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs2 = errors;
if(!(validate6(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retryable !== undefined){
const _errs3 = errors;
if(typeof data.retryable !== "boolean"){
validate4.errors = [{instancePath:instancePath+"/retryable",schemaPath:"#/properties/retryable/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.delivered !== undefined){
const _errs5 = errors;
if(typeof data.delivered !== "boolean"){
validate4.errors = [{instancePath:instancePath+"/delivered",schemaPath:"#/properties/delivered/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.supportedVersions !== undefined){
let data4 = data.supportedVersions;
const _errs7 = errors;
if(errors === _errs7){
if(Array.isArray(data4)){
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs9 = errors;
if(errors === _errs9){
if(typeof data5 === "string"){
if(func1(data5) < 1){
validate4.errors = [{instancePath:instancePath+"/supportedVersions/" + i0,schemaPath:"#/properties/supportedVersions/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate4.errors = [{instancePath:instancePath+"/supportedVersions/" + i0,schemaPath:"#/properties/supportedVersions/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
else {
validate4.errors = [{instancePath:instancePath+"/supportedVersions",schemaPath:"#/properties/supportedVersions/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate4.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate4.errors = vErrors;
return errors === 0;
}
validate4.evaluated = {"props":{"source":true,"name":true,"retryable":true,"delivered":true,"supportedVersions":true},"dynamicProps":false,"dynamicItems":false};

/** Whether a value is a {@link BusError}; `errors` then says what is wrong. */
export const validateBusError: Validator<BusError> = validate7;
const schema8 = {"type":"object","required":["code","message","data"],"properties":{"code":{"$ref":"#/$defs/BusErrorCode"},"message":{"type":"string"},"data":{"$ref":"#/$defs/BusErrorData"}},"allOf":[{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"PARSE_ERROR"}}}}},"then":{"type":"object","properties":{"code":{"const":-32700}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"INVALID_REQUEST"}}}}},"then":{"type":"object","properties":{"code":{"const":-32600}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"INVALID_PARAMS"}}}}},"then":{"type":"object","properties":{"code":{"const":-32602}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"WORKER_LOST"}}}}},"then":{"type":"object","properties":{"code":{"const":-32050}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"UNAVAILABLE"}}}}},"then":{"type":"object","properties":{"code":{"const":-32051}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"DRAINING"}}}}},"then":{"type":"object","properties":{"code":{"const":-32052}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"UNKNOWN_POOL"}}}}},"then":{"type":"object","properties":{"code":{"const":-32053}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"OVERLOADED"}}}}},"then":{"type":"object","properties":{"code":{"const":-32054}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"FRAME_TOO_LARGE"}}}}},"then":{"type":"object","properties":{"code":{"const":-32055}}}},{"if":{"type":"object","properties":{"data":{"type":"object","required":["name"],"properties":{"name":{"const":"DEADLINE_EXCEEDED"}}}}},"then":{"type":"object","properties":{"code":{"const":-32056}}}}]};

function validate9(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate9.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === -32700) || (data === -32600)) || (data === -32602)) || (data === -32050)) || (data === -32051)) || (data === -32052)) || (data === -32053)) || (data === -32054)) || (data === -32055)) || (data === -32056))){
validate9.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema3.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate9.errors = vErrors;
return errors === 0;
}
validate9.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate10.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.source === undefined) && (missing0 = "source")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.retryable === undefined) && (missing0 = "retryable"))) || ((data.delivered === undefined) && (missing0 = "delivered"))){
validate10.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.source !== undefined){
const _errs1 = errors;
if("bus" !== data.source){
validate10.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/const",keyword:"const",params:{allowedValue: "bus"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs2 = errors;
if(!(validate6(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retryable !== undefined){
const _errs3 = errors;
if(typeof data.retryable !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/retryable",schemaPath:"#/properties/retryable/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.delivered !== undefined){
const _errs5 = errors;
if(typeof data.delivered !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/delivered",schemaPath:"#/properties/delivered/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.supportedVersions !== undefined){
let data4 = data.supportedVersions;
const _errs7 = errors;
if(errors === _errs7){
if(Array.isArray(data4)){
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs9 = errors;
if(errors === _errs9){
if(typeof data5 === "string"){
if(func1(data5) < 1){
validate10.errors = [{instancePath:instancePath+"/supportedVersions/" + i0,schemaPath:"#/properties/supportedVersions/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/supportedVersions/" + i0,schemaPath:"#/properties/supportedVersions/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/supportedVersions",schemaPath:"#/properties/supportedVersions/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate10.errors = vErrors;
return errors === 0;
}
validate10.evaluated = {"props":{"source":true,"name":true,"retryable":true,"delivered":true,"supportedVersions":true},"dynamicProps":false,"dynamicItems":false};


function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate7.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data0 = data.data;
const _errs5 = errors;
if(errors === _errs5){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing0;
if((data0.name === undefined) && (missing0 = "name")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data0.name !== undefined){
if("PARSE_ERROR" !== data0.name){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
}
else {
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
else {
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(errors === _errs8){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32700 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/0/then/properties/code/const",keyword:"const",params:{allowedValue: -32700},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/0/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid0 = _errs8 === errors;
valid1 = _valid0;
if(valid1){
var props0 = {};
props0.code = true;
props0.data = true;
}
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs1 === errors;
if(valid0){
const _errs11 = errors;
const _errs12 = errors;
let valid5 = true;
const _errs13 = errors;
if(errors === _errs13){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data3 = data.data;
const _errs15 = errors;
if(errors === _errs15){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((data3.name === undefined) && (missing1 = "name")){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
if(data3.name !== undefined){
if("INVALID_REQUEST" !== data3.name){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
else {
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
else {
const err8 = {};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
var _valid1 = _errs13 === errors;
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs18 = errors;
if(errors === _errs18){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32600 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/1/then/properties/code/const",keyword:"const",params:{allowedValue: -32600},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/1/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid1 = _errs18 === errors;
valid5 = _valid1;
if(valid5){
var props1 = {};
props1.code = true;
props1.data = true;
}
}
if(!valid5){
const err9 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs11 === errors;
if(valid0){
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
const _errs21 = errors;
const _errs22 = errors;
let valid9 = true;
const _errs23 = errors;
if(errors === _errs23){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data6 = data.data;
const _errs25 = errors;
if(errors === _errs25){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing2;
if((data6.name === undefined) && (missing2 = "name")){
const err10 = {};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
else {
if(data6.name !== undefined){
if("INVALID_PARAMS" !== data6.name){
const err11 = {};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
else {
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
else {
const err13 = {};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid2 = _errs23 === errors;
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs28 = errors;
if(errors === _errs28){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32602 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/2/then/properties/code/const",keyword:"const",params:{allowedValue: -32602},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/2/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid2 = _errs28 === errors;
valid9 = _valid2;
if(valid9){
var props2 = {};
props2.code = true;
props2.data = true;
}
}
if(!valid9){
const err14 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs21 === errors;
if(valid0){
if(props0 !== true && props2 !== undefined){
if(props2 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props2);
}
}
const _errs31 = errors;
const _errs32 = errors;
let valid13 = true;
const _errs33 = errors;
if(errors === _errs33){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data9 = data.data;
const _errs35 = errors;
if(errors === _errs35){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing3;
if((data9.name === undefined) && (missing3 = "name")){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
else {
if(data9.name !== undefined){
if("WORKER_LOST" !== data9.name){
const err16 = {};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
}
else {
const err17 = {};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
else {
const err18 = {};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
var _valid3 = _errs33 === errors;
errors = _errs32;
if(vErrors !== null){
if(_errs32){
vErrors.length = _errs32;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs38 = errors;
if(errors === _errs38){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32050 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/3/then/properties/code/const",keyword:"const",params:{allowedValue: -32050},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/3/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid3 = _errs38 === errors;
valid13 = _valid3;
if(valid13){
var props3 = {};
props3.code = true;
props3.data = true;
}
}
if(!valid13){
const err19 = {instancePath,schemaPath:"#/allOf/3/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs31 === errors;
if(valid0){
if(props0 !== true && props3 !== undefined){
if(props3 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props3);
}
}
const _errs41 = errors;
const _errs42 = errors;
let valid17 = true;
const _errs43 = errors;
if(errors === _errs43){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data12 = data.data;
const _errs45 = errors;
if(errors === _errs45){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing4;
if((data12.name === undefined) && (missing4 = "name")){
const err20 = {};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
else {
if(data12.name !== undefined){
if("UNAVAILABLE" !== data12.name){
const err21 = {};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
}
else {
const err22 = {};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
else {
const err23 = {};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var _valid4 = _errs43 === errors;
errors = _errs42;
if(vErrors !== null){
if(_errs42){
vErrors.length = _errs42;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs48 = errors;
if(errors === _errs48){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32051 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/4/then/properties/code/const",keyword:"const",params:{allowedValue: -32051},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/4/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid4 = _errs48 === errors;
valid17 = _valid4;
if(valid17){
var props4 = {};
props4.code = true;
props4.data = true;
}
}
if(!valid17){
const err24 = {instancePath,schemaPath:"#/allOf/4/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs41 === errors;
if(valid0){
if(props0 !== true && props4 !== undefined){
if(props4 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props4);
}
}
const _errs51 = errors;
const _errs52 = errors;
let valid21 = true;
const _errs53 = errors;
if(errors === _errs53){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data15 = data.data;
const _errs55 = errors;
if(errors === _errs55){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing5;
if((data15.name === undefined) && (missing5 = "name")){
const err25 = {};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
else {
if(data15.name !== undefined){
if("DRAINING" !== data15.name){
const err26 = {};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
}
else {
const err27 = {};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
else {
const err28 = {};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
var _valid5 = _errs53 === errors;
errors = _errs52;
if(vErrors !== null){
if(_errs52){
vErrors.length = _errs52;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs58 = errors;
if(errors === _errs58){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32052 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/5/then/properties/code/const",keyword:"const",params:{allowedValue: -32052},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/5/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid5 = _errs58 === errors;
valid21 = _valid5;
if(valid21){
var props5 = {};
props5.code = true;
props5.data = true;
}
}
if(!valid21){
const err29 = {instancePath,schemaPath:"#/allOf/5/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs51 === errors;
if(valid0){
if(props0 !== true && props5 !== undefined){
if(props5 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props5);
}
}
const _errs61 = errors;
const _errs62 = errors;
let valid25 = true;
const _errs63 = errors;
if(errors === _errs63){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data18 = data.data;
const _errs65 = errors;
if(errors === _errs65){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing6;
if((data18.name === undefined) && (missing6 = "name")){
const err30 = {};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
else {
if(data18.name !== undefined){
if("UNKNOWN_POOL" !== data18.name){
const err31 = {};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
}
else {
const err32 = {};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
}
else {
const err33 = {};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
var _valid6 = _errs63 === errors;
errors = _errs62;
if(vErrors !== null){
if(_errs62){
vErrors.length = _errs62;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs68 = errors;
if(errors === _errs68){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32053 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/6/then/properties/code/const",keyword:"const",params:{allowedValue: -32053},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/6/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid6 = _errs68 === errors;
valid25 = _valid6;
if(valid25){
var props6 = {};
props6.code = true;
props6.data = true;
}
}
if(!valid25){
const err34 = {instancePath,schemaPath:"#/allOf/6/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs61 === errors;
if(valid0){
if(props0 !== true && props6 !== undefined){
if(props6 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props6);
}
}
const _errs71 = errors;
const _errs72 = errors;
let valid29 = true;
const _errs73 = errors;
if(errors === _errs73){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data21 = data.data;
const _errs75 = errors;
if(errors === _errs75){
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
let missing7;
if((data21.name === undefined) && (missing7 = "name")){
const err35 = {};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
else {
if(data21.name !== undefined){
if("OVERLOADED" !== data21.name){
const err36 = {};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
}
else {
const err37 = {};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
}
else {
const err38 = {};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
var _valid7 = _errs73 === errors;
errors = _errs72;
if(vErrors !== null){
if(_errs72){
vErrors.length = _errs72;
}
else {
vErrors = null;
}
}
if(_valid7){
const _errs78 = errors;
if(errors === _errs78){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32054 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/7/then/properties/code/const",keyword:"const",params:{allowedValue: -32054},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/7/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid7 = _errs78 === errors;
valid29 = _valid7;
if(valid29){
var props7 = {};
props7.code = true;
props7.data = true;
}
}
if(!valid29){
const err39 = {instancePath,schemaPath:"#/allOf/7/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs71 === errors;
if(valid0){
if(props0 !== true && props7 !== undefined){
if(props7 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props7);
}
}
const _errs81 = errors;
const _errs82 = errors;
let valid33 = true;
const _errs83 = errors;
if(errors === _errs83){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data24 = data.data;
const _errs85 = errors;
if(errors === _errs85){
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
let missing8;
if((data24.name === undefined) && (missing8 = "name")){
const err40 = {};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
else {
if(data24.name !== undefined){
if("FRAME_TOO_LARGE" !== data24.name){
const err41 = {};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
}
else {
const err42 = {};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
}
else {
const err43 = {};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
var _valid8 = _errs83 === errors;
errors = _errs82;
if(vErrors !== null){
if(_errs82){
vErrors.length = _errs82;
}
else {
vErrors = null;
}
}
if(_valid8){
const _errs88 = errors;
if(errors === _errs88){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32055 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/8/then/properties/code/const",keyword:"const",params:{allowedValue: -32055},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/8/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid8 = _errs88 === errors;
valid33 = _valid8;
if(valid33){
var props8 = {};
props8.code = true;
props8.data = true;
}
}
if(!valid33){
const err44 = {instancePath,schemaPath:"#/allOf/8/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs81 === errors;
if(valid0){
if(props0 !== true && props8 !== undefined){
if(props8 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props8);
}
}
const _errs91 = errors;
const _errs92 = errors;
let valid37 = true;
const _errs93 = errors;
if(errors === _errs93){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data !== undefined){
let data27 = data.data;
const _errs95 = errors;
if(errors === _errs95){
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
let missing9;
if((data27.name === undefined) && (missing9 = "name")){
const err45 = {};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
else {
if(data27.name !== undefined){
if("DEADLINE_EXCEEDED" !== data27.name){
const err46 = {};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
}
else {
const err47 = {};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
}
else {
const err48 = {};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
var _valid9 = _errs93 === errors;
errors = _errs92;
if(vErrors !== null){
if(_errs92){
vErrors.length = _errs92;
}
else {
vErrors = null;
}
}
if(_valid9){
const _errs98 = errors;
if(errors === _errs98){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
if(-32056 !== data.code){
validate7.errors = [{instancePath:instancePath+"/code",schemaPath:"#/allOf/9/then/properties/code/const",keyword:"const",params:{allowedValue: -32056},message:"must be equal to constant"}];
return false;
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/allOf/9/then/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var _valid9 = _errs98 === errors;
valid37 = _valid9;
if(valid37){
var props9 = {};
props9.code = true;
props9.data = true;
}
}
if(!valid37){
const err49 = {instancePath,schemaPath:"#/allOf/9/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
validate7.errors = vErrors;
return false;
}
var valid0 = _errs91 === errors;
if(valid0){
if(props0 !== true && props9 !== undefined){
if(props9 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props9);
}
}
}
}
}
}
}
}
}
}
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing10;
if((((data.code === undefined) && (missing10 = "code")) || ((data.message === undefined) && (missing10 = "message"))) || ((data.data === undefined) && (missing10 = "data"))){
validate7.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing10},message:"must have required property '"+missing10+"'"}];
return false;
}
else {
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.message = true;
props0.data = true;
}
if(data.code !== undefined){
const _errs101 = errors;
if(!(validate9(data.code, {instancePath:instancePath+"/code",parentData:data,parentDataProperty:"code",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate9.errors : vErrors.concat(validate9.errors);
errors = vErrors.length;
}
var valid41 = _errs101 === errors;
}
else {
var valid41 = true;
}
if(valid41){
if(data.message !== undefined){
const _errs102 = errors;
if(typeof data.message !== "string"){
validate7.errors = [{instancePath:instancePath+"/message",schemaPath:"#/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid41 = _errs102 === errors;
}
else {
var valid41 = true;
}
if(valid41){
if(data.data !== undefined){
const _errs104 = errors;
if(!(validate10(data.data, {instancePath:instancePath+"/data",parentData:data,parentDataProperty:"data",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate10.errors : vErrors.concat(validate10.errors);
errors = vErrors.length;
}
var valid41 = _errs104 === errors;
}
else {
var valid41 = true;
}
}
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate7.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate7.evaluated = {"dynamicProps":true,"dynamicItems":false};
